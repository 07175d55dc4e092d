import { generateKeyPairSync } from 'node:crypto';

/** In PEM. */
export interface KeyPair {
  publicKey: string;
  privateKey: string;
}

/** RSA keys, to encrypt and decrypt with. */
export function makeEncryptionKeys(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** ECDSA keys, to sign and verify with. */
export function makeSigningKeys(namedCurve = 'P-256'): KeyPair {
  return generateKeyPairSync('ec', {
    namedCurve,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
