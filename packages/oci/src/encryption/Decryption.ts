import {
  createDecipheriv,
  createHmac,
  Decipher,
  Hmac,
  timingSafeEqual,
} from 'node:crypto';
import { Transform, TransformCallback } from 'node:stream';
import { EncryptionError } from './EncryptionError';

/** Decrypts what passes through, and fails at its end if it was not what had been encrypted. */
export class Decryption extends Transform {
  private readonly decipher: Decipher;
  private readonly hmac: Hmac;

  constructor(key: Buffer, nonce: Buffer, private readonly expected: Buffer) {
    super();
    this.decipher = createDecipheriv('aes-256-ctr', key, nonce);
    this.hmac = createHmac('sha256', key);
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ) {
    this.hmac.update(chunk);
    done(null, this.decipher.update(chunk));
  }

  override _flush(done: TransformCallback) {
    const isRight = timingSafeEqual(this.hmac.digest(), this.expected);
    done(
      isRight
        ? null
        : new EncryptionError(
            'encryption-content',
            'The encrypted layer is not what was encrypted',
          ),
    );
  }
}
