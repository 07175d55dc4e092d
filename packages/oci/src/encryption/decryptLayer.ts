import { pipeline, Readable } from 'node:stream';
import { z } from 'zod';
import { Descriptor } from '../image/manifest';
import { ENCRYPTED_SUFFIX, ENC_KEYS_JWE, ENC_PUBOPTS } from './annotations';
import { Decryption } from './Decryption';
import { EncryptionError } from './EncryptionError';
import { unwrapKey } from './wrapKey';

const bytes = (length: number) =>
  z
    .base64()
    .transform(text => Buffer.from(text, 'base64'))
    .refine(buffer => buffer.length === length);

const openSchema = z.object({
  cipher: z.literal('AES_256_CTR_HMAC_SHA256'),
  hmac: bytes(32),
});

const secretSchema = z.object({
  symkey: bytes(32),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  cipheroptions: z.object({ nonce: bytes(16) }),
});

export interface DecryptedLayer {
  /** Of the layer as it was before. */
  mediaType: string;
  digest: string;
  /** Fails at its end unless every byte was what had been encrypted: nothing may be used before. */
  content: Readable;
}

/** Whether a layer is encrypted. */
export function isEncrypted({ mediaType }: Descriptor): boolean {
  return mediaType.endsWith(ENCRYPTED_SUFFIX);
}

/** Decrypts a layer with whichever of the private keys (PEM) fits. Throws an EncryptionError if none does. */
export async function decryptLayer(
  layer: Descriptor,
  content: Readable,
  privateKeys: string[],
): Promise<DecryptedLayer> {
  const wrapped = layer.annotations?.[ENC_KEYS_JWE];
  const pubopts = layer.annotations?.[ENC_PUBOPTS];
  if (!isEncrypted(layer) || !wrapped || !pubopts) {
    throw new EncryptionError('encryption-content', 'Not an encrypted layer');
  }
  const { hmac } = read(openSchema, Buffer.from(pubopts, 'base64'));
  const secret = read(secretSchema, await unwrapKey(wrapped, privateKeys));
  const { nonce } = secret.cipheroptions;
  return {
    mediaType: layer.mediaType.slice(0, -ENCRYPTED_SUFFIX.length),
    digest: secret.digest,
    content: pipeline(
      content,
      new Decryption(secret.symkey, nonce, hmac),
      () => {
        // A failure reaches the reader as the stream's error.
      },
    ),
  };
}

function read<T extends z.ZodType>(schema: T, json: Buffer): z.output<T> {
  try {
    return schema.parse(JSON.parse(json.toString('utf8')));
  } catch {
    throw new EncryptionError(
      'encryption-content',
      'The layer is encrypted in a way that is not understood',
    );
  }
}
