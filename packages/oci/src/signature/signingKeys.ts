import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';
import { SignatureError } from './SignatureError';

/** The private key for signing, from PEM. Throws a SignatureError on anything but ECDSA with P-256. */
export function readSigningKey(pem: string): KeyObject {
  return read(() => createPrivateKey(pem));
}

/** The public key for verifying, from PEM. Throws a SignatureError on anything but ECDSA with P-256. */
export function readVerifyingKey(pem: string): KeyObject {
  return read(() => createPublicKey(pem));
}

function read(parse: () => KeyObject): KeyObject {
  try {
    const key = parse();
    const { namedCurve } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
      return key;
    }
  } catch {
    // Said below.
  }
  throw new SignatureError('signature-key', 'Not an ECDSA P-256 key in PEM');
}
