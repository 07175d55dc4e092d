import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { WasmZstd } from './WasmZstd';

/**
 * How a layer is packed. `auto` makes a zstd layer too, but measures link and data, again and again, and stores unpacked what would
 * only be slowed down by packing.
 */
export const compressions = ['none', 'gzip', 'zstd', 'auto'] as const;
export type Compression = (typeof compressions)[number];

/** Packs parts of a layer, each for itself, several at the same time. Both gzip and zstd may be written as a series of such parts. */
export interface Packer {
  /** How many parts it works on at once. */
  readonly lanes: number;
  /** @param room - memory of `ROOM_BYTES`, in which the result is returned */
  pack(part: Buffer, room: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Lanes beyond the processors gain nothing; more than four cost memory, and a node has other work to do. Node's own pool has four
 * threads as well.
 */
function lanes(): number {
  return Math.max(1, Math.min(4, availableParallelism()));
}

/** Level 1: on memory images the higher ones cost far more time than they save on the wire. */
const LEVEL = 1;

// Not in the types of the oldest Node that is supported.
const native = zlib as unknown as {
  zstdCompress?: (
    content: Buffer,
    options: object,
    done: (error: Error | null, result: Buffer) => void,
  ) => void;
  constants: Record<string, number>;
};

/** zlib gives its result in pieces of this size. */
const CHUNK_BYTES = 256 * 1024;

/** What lives as long as it is sent lies in memory that is used again; what zlib made can go at once. */
function moveTo(room: Buffer, packed: Buffer): Buffer {
  if (packed.length > room.length) return packed;
  packed.copy(room);
  return room.subarray(0, packed.length);
}

/** The packer for a kind of compression, or undefined for none. To be closed. */
export function createPacker(compression: Compression): Packer | undefined {
  switch (compression) {
    case 'none':
      return undefined;
    case 'gzip':
      return createGzipPacker();
    default:
      return native.zstdCompress
        ? createNativeZstdPacker(native.zstdCompress)
        : new WasmZstd(lanes(), LEVEL);
  }
}

function createGzipPacker(): Packer {
  const gzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip);
  return {
    lanes: lanes(),
    pack: async (part, room) =>
      moveTo(room, await gzip(part, { level: LEVEL, chunkSize: CHUNK_BYTES })),
    close: async () => undefined,
  };
}

function createNativeZstdPacker(
  compress: NonNullable<(typeof native)['zstdCompress']>,
): Packer {
  const { ZSTD_c_compressionLevel: level } = native.constants;
  const zstd = promisify<Buffer, object, Buffer>(compress);
  return {
    lanes: lanes(),
    pack: async (part, room) =>
      moveTo(
        room,
        await zstd(part, {
          params: { [level]: LEVEL },
          chunkSize: CHUNK_BYTES,
        }),
      ),
    close: async () => undefined,
  };
}
