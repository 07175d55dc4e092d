export type EncryptionErrorCode = 'encryption-key' | 'encryption-content';

const remedies: Record<EncryptionErrorCode, string> = {
  'encryption-key':
    'Check the keys: RSA in PEM, the public ones for encrypting, and a private one that belongs to one of them for decrypting.',
  'encryption-content':
    'The content is damaged or was tampered with: make the checkpoint again and look at the registry and what lies between.',
};

/** Why something could not be encrypted or decrypted: `message` says what happened, `remedy` what to do about it. */
export class EncryptionError extends Error {
  readonly name = 'EncryptionError';
  readonly remedy: string;

  constructor(readonly code: EncryptionErrorCode, message: string) {
    super(message);
    this.remedy = remedies[code];
  }
}
