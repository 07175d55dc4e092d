import { createHash } from 'node:crypto';
import { Transform, TransformCallback } from 'node:stream';

/** Counts and hashes what passes through. */
export class Meter extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly onBytes: (bytes: number) => void) {
    super({ highWaterMark: 1024 * 1024 });
  }

  /** `sha256:<hex>` of all that passed; to be asked once, at the end. */
  digest(): string {
    return `sha256:${this.hash.digest('hex')}`;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ) {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    this.onBytes(this.bytes);
    done(null, chunk);
  }
}
