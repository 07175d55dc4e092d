import { EncryptionError, RegistryError, SignatureError } from '@cubemig/oci';

/** What went wrong, and what to do about it where that is known. */
export function explain(cause: unknown): string {
  const hasRemedy =
    cause instanceof RegistryError ||
    cause instanceof EncryptionError ||
    cause instanceof SignatureError;
  if (hasRemedy) {
    return `${cause.message}. ${cause.remedy}`;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
