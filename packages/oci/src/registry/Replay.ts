/** How much of what was sent is kept, in bytes: more than lies in the buffers of a connection (10 MB at most on a usual Linux). */
const WINDOW_BYTES = 12 * 1024 * 1024;

/** A content that is made once, of which the last part can be read again. */
export class Replay {
  private readonly source: AsyncIterator<Buffer>;
  private readonly kept: Buffer[] = [];
  /** Where the first of the kept bytes lies in the content. */
  private keptFrom = 0;
  private end = 0;
  private isComplete = false;
  private pulling?: Promise<void>;
  /** Why the content could not be made. */
  failure?: { error: unknown };

  /** @param release - called with each chunk that is kept no longer */
  constructor(
    source: AsyncIterable<Buffer>,
    private readonly release: (chunk: Buffer) => void = () => undefined,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Whether the content can be read from this offset. */
  reaches(offset: number): boolean {
    return offset >= this.keptFrom && offset <= this.end;
  }

  async *readFrom(offset: number): AsyncGenerator<Buffer> {
    let position = offset;
    for (;;) {
      const chunk = this.chunkAt(position);
      if (chunk) {
        position += chunk.length;
        yield chunk;
      } else if (this.isComplete) {
        return;
      } else {
        // An earlier reader may still wait for the same chunk.
        this.pulling ??= this.pull().finally(() => {
          this.pulling = undefined;
        });
        await this.pulling;
      }
    }
  }

  async close(): Promise<void> {
    this.kept.length = 0;
    await this.pulling?.catch(() => undefined);
    await this.source.return?.();
  }

  private async pull(): Promise<void> {
    try {
      const { done, value } = await this.source.next();
      if (done) {
        this.isComplete = true;
        return;
      }
      this.kept.push(value);
      this.end += value.length;
      while (this.end - this.keptFrom - this.kept[0].length >= WINDOW_BYTES) {
        const dropped = this.kept.shift()!;
        this.keptFrom += dropped.length;
        // Sent long ago: what is written next waits until the connection has taken this.
        this.release(dropped);
      }
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  private chunkAt(position: number): Buffer | undefined {
    let start = this.end;
    for (let index = this.kept.length - 1; index >= 0; index--) {
      const chunk = this.kept[index];
      start -= chunk.length;
      if (position >= start) {
        return position < start + chunk.length
          ? chunk.subarray(position - start)
          : undefined;
      }
    }
    return undefined;
  }
}
