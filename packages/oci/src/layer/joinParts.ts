import { PART_BYTES, PartPool } from './PartPool';

/**
 * Pieces of any size, in parts of `PART_BYTES`; only the last is shorter. To be given back to the pool, to which the pieces go if they are
 * its own. What waits to be sent, or to be sent again, then fills the memory that it lies in.
 */
export async function* joinParts(
  pieces: AsyncIterable<Buffer>,
  pool: PartPool,
): AsyncGenerator<Buffer> {
  let part = pool.take();
  let length = 0;
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length; ) {
      const end = start + PART_BYTES - length;
      const copied = piece.copy(part, length, start, end);
      start += copied;
      length += copied;
      if (length === PART_BYTES) {
        yield part.subarray(0, PART_BYTES);
        part = pool.take();
        length = 0;
      }
    }
    pool.give(piece);
  }
  if (length > 0) yield part.subarray(0, length);
}
