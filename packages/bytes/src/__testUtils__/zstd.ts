/** Node 20 cannot make zstd data: these frames are put together by hand (RFC 8878), uncompressed or of one byte repeated. */

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** No checksum, no content size, a window of 1 MiB. */
const HEADER = Buffer.from([0x00, 0x50]);
const MAX_BLOCK = 128 * 1024;

function blockHeader(size: number, type: 0 | 1 | 2, isLast: boolean): Buffer {
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

/**
 * One block of 9 bytes that tells of 98,047 copies of 65,539 or more bytes each, far more than a block may hold: fzstd
 * sets out to make them all.
 */
export function endlessZstd(): Buffer {
  const literals = [0];
  const sequences = [255, 255, 255];
  // One code for all: no literals, offsets of the shortest kind, the longest copies.
  const codes = [0b01010100, 0, 0, 52];
  const bits = [1];
  const block = Buffer.from([...literals, ...sequences, ...codes, ...bits]);
  return Buffer.concat([
    MAGIC,
    HEADER,
    blockHeader(block.length, 2, true),
    block,
  ]);
}

/** An empty frame that asks for 1 TiB of memory. */
export function greedyZstd(): Buffer {
  return Buffer.concat([
    MAGIC,
    Buffer.from([0x00, 30 << 3]),
    blockHeader(0, 0, true),
  ]);
}
