import { ByteSource } from './ByteSource';

/** What a frame's header (RFC 8878, 3.1.1.1) says. */
interface FrameHeader {
  bytes: number;
  /** What a decompressor must keep of what it unpacked. */
  windowBytes: number;
  checksumBytes: number;
}

interface Block {
  offset: number;
  /** With its header. */
  bytes: number;
  isLast: boolean;
}

/** A frame's header, one of its blocks, or its checksum. */
export interface ZstdPiece {
  offset: number;
  bytes: number;
}

const FRAME_MAGIC = 0xfd2fb528;
/** The lowest four bits are free. */
const SKIPPABLE_MAGIC = 0x184d2a50;

/** What the zstd program takes unless it is told otherwise. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

/**
 * Whether zstd data is a single frame, by its blocks' headers. Several frames one after the other are just as good (pzstd
 * writes them, and programs that pack in parallel), but Node's own decompressor stops after the first.
 */
export function isSingleZstdFrame(source: ByteSource): boolean {
  const header = readFrameHeader(source, 0);
  if (!header) {
    return false;
  }
  for (const { offset, bytes, isLast } of blocksOf(source, header.bytes)) {
    if (isLast) {
      return offset + bytes + header.checksumBytes === source.size;
    }
  }
  return false;
}

/**
 * Cuts zstd data of any number of frames into pieces, none of which unpacks to more than 2 MiB. The last one may go on
 * beyond the source's end.
 *
 * @throws Error where a frame should begin and does not, or asks for too much memory
 */
export function* cutZstd(source: ByteSource): Generator<ZstdPiece> {
  let offset = 0;
  while (offset < source.size) {
    const skippedBytes = readSkippableBytes(source, offset);
    if (skippedBytes > 0) {
      offset += skippedBytes;
      continue;
    }
    const header = readFrameHeader(source, offset);
    if (!header) {
      throw new Error(`no zstd frame at byte ${offset}`);
    }
    const { windowBytes, checksumBytes } = header;
    if (windowBytes > MAX_WINDOW_BYTES) {
      throw new Error(`zstd frame with a window of ${windowBytes} bytes`);
    }
    yield { offset, bytes: header.bytes };
    offset += header.bytes;
    for (const block of blocksOf(source, offset)) {
      yield block;
      offset = block.offset + block.bytes;
    }
    yield { offset, bytes: checksumBytes };
    offset += checksumBytes;
  }
}

function readSkippableBytes(source: ByteSource, offset: number): number {
  const head = source.readAt(offset, 8);
  return head.length === 8 &&
    (head.readUInt32LE(0) & ~0xf) >>> 0 === SKIPPABLE_MAGIC
    ? 8 + head.readUInt32LE(4)
    : 0;
}

function readFrameHeader(
  source: ByteSource,
  offset: number,
): FrameHeader | undefined {
  const head = source.readAt(offset, 18);
  if (head.length < 5 || head.readUInt32LE(0) !== FRAME_MAGIC) {
    return undefined;
  }
  const descriptor = head[4];
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const sizeOffset = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  const bytes = sizeOffset + sizeBytes;
  if (head.length < bytes) {
    return undefined;
  }
  return {
    bytes,
    windowBytes: isSingleSegment
      ? readContentSize(head.subarray(sizeOffset, bytes))
      : readWindowSize(head[5]),
    checksumBytes: (descriptor & 4) !== 0 ? 4 : 0,
  };
}

/** Two bytes count from 256. */
function readContentSize(field: Buffer): number {
  return field.length === 8
    ? Number(field.readBigUInt64LE(0))
    : field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

function readWindowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Ends with the last block, or where the source does. */
function* blocksOf(source: ByteSource, start: number): Generator<Block> {
  let offset = start;
  for (let isLast = false; !isLast; ) {
    const header = source.readAt(offset, 3);
    if (header.length < 3) {
      return;
    }
    const block = header.readUIntLE(0, 3);
    isLast = block % 2 === 1;
    const isRepeatedByte = ((block >> 1) & 3) === 1;
    const bytes = 3 + (isRepeatedByte ? 1 : block >> 3);
    yield { offset, bytes, isLast };
    offset += bytes;
  }
}
