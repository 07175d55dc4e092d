import {
  Cipher,
  createCipheriv,
  createHmac,
  Hmac,
  KeyObject,
  randomBytes,
} from 'node:crypto';
import { ENCRYPTED_SUFFIX, ENC_KEYS_JWE, ENC_PUBOPTS } from './annotations';
import { readPublicKey, wrapKey } from './wrapKey';

/**
 * Encrypts a layer as OCI image encryption has it (ocicrypt, `AES_256_CTR_HMAC_SHA256`): AES-256-CTR under a key made for this layer
 * alone, and an HMAC-SHA256 of the encrypted bytes under the same key.
 */
export class LayerCipher {
  private readonly key = randomBytes(32);
  private readonly nonce = randomBytes(16);
  private readonly cipher: Cipher;
  private readonly hmac: Hmac;

  private readonly recipients: KeyObject[];

  /** @param recipients - public keys (RSA, PEM) whose holders can read it; anything else is refused */
  constructor(recipients: string[]) {
    this.recipients = recipients.map(readPublicKey);
    this.cipher = createCipheriv('aes-256-ctr', this.key, this.nonce);
    this.hmac = createHmac('sha256', this.key);
  }

  /** Encrypts in place: what the cipher makes can go at once, and need not live as long as it is being sent. */
  encrypt(part: Buffer): void {
    this.cipher.update(part).copy(part);
    this.hmac.update(part);
  }

  /** What the layer's descriptor must say when all is encrypted; `plain` is the layer as it was. */
  async seal(plain: {
    mediaType: string;
    digest: string;
  }): Promise<{ mediaType: string; annotations: Record<string, string> }> {
    const secret = {
      symkey: this.key.toString('base64'),
      digest: plain.digest,
      cipheroptions: { nonce: this.nonce.toString('base64') },
    };
    const open = {
      cipher: 'AES_256_CTR_HMAC_SHA256',
      hmac: this.hmac.digest('base64'),
      cipheroptions: {},
    };
    return {
      mediaType: `${plain.mediaType}${ENCRYPTED_SUFFIX}`,
      annotations: {
        [ENC_KEYS_JWE]: await wrapKey(
          Buffer.from(JSON.stringify(secret)),
          this.recipients,
        ),
        [ENC_PUBOPTS]: Buffer.from(JSON.stringify(open)).toString('base64'),
      },
    };
  }
}
