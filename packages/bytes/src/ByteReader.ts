/** Reads a stream in pieces of the wanted sizes. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** How many bytes have been read. */
  position = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    return !(await this.fill(1));
  }

  /** What comes next, without reading it; fewer bytes only where the stream ends. */
  async peek(bytes: number): Promise<Buffer> {
    await this.fill(bytes);
    return this.rest.subarray(0, bytes);
  }

  /** Throws if less is left. */
  async read(bytes: number): Promise<Buffer> {
    if (!(await this.fill(bytes))) {
      throw new Error('The packed data end in the middle');
    }
    const piece = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    this.position += bytes;
    return piece;
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async fill(bytes: number): Promise<boolean> {
    const pieces = [this.rest];
    let length = this.rest.length;
    while (length < bytes) {
      const { done, value } = await this.source.next();
      if (done) break;
      pieces.push(value);
      length += value.length;
    }
    this.rest = pieces.length > 1 ? Buffer.concat(pieces, length) : this.rest;
    return length >= bytes;
  }
}
