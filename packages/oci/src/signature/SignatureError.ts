export type SignatureErrorCode =
  | 'signature-key'
  | 'signature-missing'
  | 'signature-wrong';

const remedies: Record<SignatureErrorCode, string> = {
  'signature-key':
    'Check the key: ECDSA on the curve P-256 in PEM, the private one for signing, the public one for verifying.',
  'signature-missing':
    'Check that the source cluster signs its checkpoints (the Secret with its key), then make the checkpoint again.',
  'signature-wrong':
    'The image was changed, or not made by the cluster that it is said to be from: look at the registry and who may write there.',
};

/** Why something could not be signed, or is not trusted: `message` says what happened, `remedy` what to do about it. */
export class SignatureError extends Error {
  readonly name = 'SignatureError';
  readonly remedy: string;

  constructor(readonly code: SignatureErrorCode, message: string) {
    super(message);
    this.remedy = remedies[code];
  }
}
