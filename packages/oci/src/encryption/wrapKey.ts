import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';
import {
  flattenedDecrypt,
  GeneralEncrypt,
  generalDecrypt,
  GeneralJWE,
} from 'jose';
import { EncryptionError } from './EncryptionError';

/** What ocicrypt uses; nothing else is accepted either. */
const KEY_ALGORITHM = 'RSA-OAEP';
const CONTENT_ALGORITHM = 'A256GCM';
/** Below this RSA is not what anyone should trust with memory. */
const MIN_MODULUS_BITS = 2048;

/** A public RSA key from PEM (a public key or a certificate). Throws an EncryptionError on anything else. */
export function readPublicKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'rsa' && bits >= MIN_MODULUS_BITS) {
      return key;
    }
  } catch {
    // Said below.
  }
  throw new EncryptionError(
    'encryption-key',
    `Not a public RSA key of ${MIN_MODULUS_BITS} bits or more in PEM`,
  );
}

/** Wraps a secret for everyone who holds one of the private keys; base64, as the annotation has it. */
export async function wrapKey(
  secret: Buffer,
  recipients: KeyObject[],
): Promise<string> {
  if (recipients.length === 0) {
    throw new EncryptionError('encryption-key', 'Nobody to encrypt for');
  }
  const jwe = new GeneralEncrypt(secret).setProtectedHeader({
    enc: CONTENT_ALGORITHM,
  });
  for (const key of recipients) {
    jwe.addRecipient(key).setUnprotectedHeader({ alg: KEY_ALGORITHM });
  }
  return Buffer.from(JSON.stringify(await jwe.encrypt())).toString('base64');
}

/** The secret of an annotation, with whichever of the private keys (PEM) fits. Throws an EncryptionError if none does. */
export async function unwrapKey(
  annotation: string,
  privateKeys: string[],
): Promise<Buffer> {
  const keys = privateKeys.map(pem => createPrivateKey(pem));
  for (const wrapped of annotation.split(',')) {
    const jwe = parseJwe(wrapped);
    for (const key of keys) {
      const secret = jwe && (await decrypt(jwe, key));
      if (secret) return secret;
    }
  }
  throw new EncryptionError(
    'encryption-key',
    'None of the private keys fits this encrypted layer',
  );
}

type AnyJwe = Record<string, unknown>;

function parseJwe(wrapped: string): AnyJwe | undefined {
  try {
    return JSON.parse(Buffer.from(wrapped, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

async function decrypt(
  jwe: AnyJwe,
  key: KeyObject,
): Promise<Buffer | undefined> {
  const options = {
    keyManagementAlgorithms: [KEY_ALGORITHM],
    contentEncryptionAlgorithms: [CONTENT_ALGORITHM],
  };
  try {
    // ocicrypt writes the flattened form for one recipient.
    const { plaintext } =
      'recipients' in jwe
        ? await generalDecrypt(jwe as unknown as GeneralJWE, key, options)
        : await flattenedDecrypt(jwe as never, key, options);
    return Buffer.from(plaintext);
  } catch {
    return undefined;
  }
}
