const FRAME_MAGIC = 0xfd2fb528;
/** Frames for other readers (RFC 8878, 3.1.2): sixteen magics that differ in the last digit. */
const SKIPPABLE_MAGIC = 0x184d2a50;

/** No header of a zstd frame is longer (RFC 8878, 3.1.1.1), with its magic. */
export const ZSTD_HEADER_BYTES = 18;
/** A block's header (RFC 8878, 3.1.1.2). */
export const ZSTD_BLOCK_HEADER_BYTES = 3;

/** What the header of a zstd frame says. */
export interface ZstdFrameHeader {
  /** Its own length. */
  bytes: number;
  /** What a decompressor must keep of what it unpacked. */
  windowBytes: number;
  /** What comes after the last block. */
  checksumBytes: number;
}

/** What the header of a zstd block says. */
export interface ZstdBlockHeader {
  /** What comes after the header, packed. */
  contentBytes: number;
  isLast: boolean;
}

/** Reads the header of a zstd frame from its first {@link ZSTD_HEADER_BYTES} bytes; `undefined` if it is none. */
export function readZstdFrameHeader(head: Buffer): ZstdFrameHeader | undefined {
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

/** The length of the frame for other readers that begins with these bytes; 0 if none does. */
export function readSkippableBytes(head: Buffer): number {
  return head.length >= 8 &&
    (head.readUInt32LE(0) & ~0xf) >>> 0 === SKIPPABLE_MAGIC
    ? 8 + head.readUInt32LE(4)
    : 0;
}

/** Reads {@link ZSTD_BLOCK_HEADER_BYTES} bytes. */
export function readZstdBlockHeader(header: Buffer): ZstdBlockHeader {
  const fields = header.readUIntLE(0, ZSTD_BLOCK_HEADER_BYTES);
  const isRepeatedByte = ((fields >> 1) & 3) === 1;
  return {
    contentBytes: isRepeatedByte ? 1 : fields >> 3,
    isLast: fields % 2 === 1,
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
