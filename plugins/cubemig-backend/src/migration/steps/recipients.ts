import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/**
 * The public keys for which this migration's checkpoints are encrypted; undefined where they are not.
 *
 * @throws ProblemError if they should be and the target cluster has no key
 */
export function recipientsOf(run: MigrationRun): string[] | undefined {
  const keys = run.config.recipients;
  if (!keys) return undefined;
  const { cluster } = run.destination;
  const key = keys.clusters.get(cluster);
  if (!key) {
    throw new ProblemError({
      code: 'target-key-missing',
      message: `Checkpoints are encrypted, and no key of the cluster '${cluster}' is known: it could not read one.`,
      remedy: `Add '${cluster}' with its public key to cubemig.registry.encryption.clusters in app-config, and put the private key on its nodes.`,
    });
  }
  return keys.platform ? [key, keys.platform] : [key];
}
