/** What is packed for itself. Large enough for a good ratio, small enough that a few of them fit anywhere. */
export const PART_BYTES = 1024 * 1024;
/** Room for a part as any packer makes it: what cannot be packed becomes longer by some bytes for each of its blocks. */
export const ROOM_BYTES = PART_BYTES + 4096;

/**
 * The memory for an archive's parts, used again and again. Node frees buffers late, and at a gigabyte a second that would soon be a
 * lot of memory.
 */
export class PartPool {
  private readonly own = new WeakSet<ArrayBufferLike>();
  private readonly free: ArrayBufferLike[] = [];

  /** Room for a part, packed or not. What is in it, is anything. */
  take(): Buffer {
    const memory = this.free.pop();
    if (memory) {
      return Buffer.from(memory);
    }
    const made = Buffer.allocUnsafeSlow(ROOM_BYTES);
    this.own.add(made.buffer);
    return made;
  }

  /** Gives back what nobody reads any more. Anything that is not from this pool is left to the garbage collector. */
  give(part: Buffer): void {
    if (this.own.has(part.buffer)) this.free.push(part.buffer);
  }
}
