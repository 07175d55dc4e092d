/** Node 20 cannot make zstd data: these frames are put together by hand (RFC 8878), uncompressed or of one byte repeated. */

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** No checksum, no content size, a window of 1 MiB. */
const HEADER = Buffer.from([0x00, 0x50]);
const MAX_BLOCK = 128 * 1024;

function blockHeader(size: number, type: 0 | 1, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE(size * 8 + type * 2 + (isLast ? 1 : 0), 0, 3);
  return header;
}

/** Zeroes, 128 KiB for every 4 bytes. */
export function zstdBomb(blocks: number): Buffer {
  const block = Buffer.concat([
    blockHeader(MAX_BLOCK, 1, false),
    Buffer.from([0]),
  ]);
  return Buffer.concat([
    MAGIC,
    HEADER,
    ...Array.from({ length: blocks }, () => block),
    blockHeader(0, 0, true),
  ]);
}
