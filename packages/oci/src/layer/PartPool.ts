/** What is packed for itself. Large enough for a good ratio, small enough that a few of them fit anywhere. */
export const PART_BYTES = 1024 * 1024;
/** A part that is stored in a zstd frame is so much longer at most. */
const MARGIN_BYTES = 64;

/**
 * The memory for an archive's parts, used again and again. Node frees buffers late, and at a gigabyte a second that would soon be a
 * lot of memory.
 */
export class PartPool {
  private readonly own = new WeakSet<ArrayBufferLike>();
  private readonly free: ArrayBufferLike[] = [];

  /** Room for a part, or for a part in a frame. What is in it, is anything. */
  take(): Buffer {
    const memory = this.free.pop();
    if (memory) {
      return Buffer.from(memory);
    }
    const made = Buffer.allocUnsafeSlow(PART_BYTES + MARGIN_BYTES);
    this.own.add(made.buffer);
    return made;
  }

  /** Gives back what nobody reads any more. Anything that is not from this pool is left to the garbage collector. */
  give(part: Buffer): void {
    if (this.own.has(part.buffer)) this.free.push(part.buffer);
  }
}
