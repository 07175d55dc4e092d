/** A block's size is at most 128 KiB (RFC 8878, section 3.1.1.2.3). */
const MAX_BLOCK_BYTES = 128 * 1024;

/**
 * Bytes as a zstd frame of raw blocks (RFC 8878, section 3.1.1): what every zstd reader takes, made without any work.
 *
 * @param part - at least one byte, at most what a part may have
 * @param frame - the memory to write the frame into; a part of it is returned
 */
export function storeFrame(part: Buffer, frame: Buffer): Buffer {
  frame.writeUInt32LE(0xfd2fb528, 0);
  // Single segment, content size in four bytes, no checksum, no dictionary.
  frame[4] = 0b10100000;
  frame.writeUInt32LE(part.length, 5);
  let position = 9;
  for (let start = 0; start < part.length; start += MAX_BLOCK_BYTES) {
    const size = Math.min(MAX_BLOCK_BYTES, part.length - start);
    const isLast = start + size === part.length;
    frame.writeUIntLE(size * 8 + (isLast ? 1 : 0), position, 3);
    part.copy(frame, position + 3, start, start + size);
    position += 3 + size;
  }
  return frame.subarray(0, position);
}
