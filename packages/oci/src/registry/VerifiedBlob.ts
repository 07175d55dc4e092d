import { createHash } from 'node:crypto';
import { Transform, TransformCallback } from 'node:stream';
import { RegistryError } from './RegistryError';

/** Passes a blob on and fails at its end, or as soon as it is too long, if it is not what the descriptor promised. */
export class VerifiedBlob extends Transform {
  private readonly hash = createHash('sha256');
  private size = 0;

  constructor(private readonly expected: { digest: string; size: number }) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ) {
    this.size += chunk.length;
    if (this.size > this.expected.size) {
      done(this.mismatch());
      return;
    }
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback) {
    const digest = `sha256:${this.hash.digest('hex')}`;
    const isRight =
      digest === this.expected.digest && this.size === this.expected.size;
    done(isRight ? null : this.mismatch());
  }

  private mismatch(): RegistryError {
    return new RegistryError(
      'registry-digest',
      `The content of blob ${this.expected.digest} is not what its digest and size say`,
    );
  }
}
