import { PhaseName } from '@cubemig/plugin-cubemig-common';
import { EncryptionError, RegistryError, SignatureError } from '@cubemig/oci';

/** Why a container's checkpoint did not reach the registry. */
export class CourierFailure extends Error {
  readonly name = 'CourierFailure';

  constructor(
    readonly container: string,
    readonly phase: PhaseName,
    cause: unknown,
  ) {
    super(describe(cause), { cause });
  }
}

function describe(cause: unknown): string {
  const hasRemedy =
    cause instanceof RegistryError ||
    cause instanceof EncryptionError ||
    cause instanceof SignatureError;
  if (hasRemedy) {
    return `${cause.message}. ${cause.remedy}`;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
