import { SignatureError, verifyImage } from '@cubemig/oci';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/**
 * The key with which the source cluster signs; undefined where signatures are not asked for.
 *
 * @throws ProblemError if they are and the source has no key
 */
export function signerOf(run: MigrationRun): string | undefined {
  const { signers } = run.config;
  if (!signers) return undefined;
  const { cluster } = run.migration.source;
  const key = signers.get(cluster);
  if (!key) {
    throw new ProblemError({
      code: 'source-key-missing',
      message: `Only signed checkpoints are restored, and no key of the cluster '${cluster}' is known.`,
      remedy: `Add '${cluster}' with its public key to cubemig.registry.signedBy in app-config, and its private key to the Secret of cubemig.courier.signingSecret.`,
    });
  }
  return key;
}

/** Lets nothing be restored that the source cluster has not signed for this migration. */
export async function checkSignature(
  run: MigrationRun,
  image: {
    repository: string;
    digest: string;
    claims: Record<string, string>;
  },
): Promise<void> {
  const publicKey = signerOf(run);
  if (!publicKey) return;
  const { registry, signal } = run;
  await verifyImage({ ...image, registry, publicKey, signal }).catch(error => {
    if (!(error instanceof SignatureError)) throw error;
    const { code, message, remedy } = error;
    throw new ProblemError({ code, message, remedy }, { cause: error });
  });
}
