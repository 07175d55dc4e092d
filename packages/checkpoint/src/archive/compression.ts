import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { unpackZstd } from '@cubemig/bytes';
import { ByteSource, readChunks } from './ByteSource';
import { isSingleZstdFrame } from './zstdFrames';

export type Compression = 'none' | 'gzip' | 'zstd';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Runtimes name files as they like (containerd's `rootfs-diff.tar` is gzip): only the first bytes tell. */
export function sniffCompression(head: Buffer): Compression {
  if (head.subarray(0, 2).equals(GZIP_MAGIC)) {
    return 'gzip';
  }
  return head.subarray(0, 4).equals(ZSTD_MAGIC) ? 'zstd' : 'none';
}

/**
 * Unpacks `source` and gives every piece to `write`, which may throw to stop. Holds no more than a few pieces at a time.
 *
 * @throws whatever the decompressor or `write` throws
 */
export async function decompress(
  source: ByteSource,
  compression: 'gzip' | 'zstd',
  write: (piece: Buffer) => void,
): Promise<void> {
  const unpacker =
    compression === 'gzip'
      ? zlib.createGunzip({ chunkSize: 256 * 1024 })
      : createZstdUnpacker(source);
  if (!unpacker) {
    for await (const piece of unpackZstd(readChunks(source))) {
      write(piece);
    }
    return;
  }
  await pipeline(
    Readable.from(readChunks(source), { objectMode: false }),
    unpacker,
    new Writable({
      write(piece: Buffer, _encoding, done) {
        try {
          write(piece);
          done();
        } catch (error) {
          done(error as Error);
        }
      },
    }),
  );
}

/** Node has zstd since 22.15; @types/node of the oldest supported version does not know it. */
function createZstdUnpacker(source: ByteSource) {
  const { createZstdDecompress } = zlib as typeof zlib & {
    createZstdDecompress?: () => NodeJS.ReadWriteStream;
  };
  return createZstdDecompress && isSingleZstdFrame(source)
    ? createZstdDecompress()
    : undefined;
}
