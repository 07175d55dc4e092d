import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { RecipientKeys } from '../../config';

/** The courier's limit. */
const MAX_RECIPIENTS = 8;

/**
 * The public keys for which a migration's checkpoints and volumes are encrypted; undefined where they are not. What goes to a cluster is for that
 * cluster and the platform. Mere evidence is for whichever cluster it may once be restored in.
 */
export function recipientsOf(
  { targetCluster }: Pick<MigrationOrder, 'targetCluster'>,
  keys: RecipientKeys | undefined,
): string[] | undefined {
  if (!keys) return undefined;
  const clusters =
    targetCluster === undefined
      ? [...keys.clusters.values()]
      : [keys.clusters.get(targetCluster)];
  return [keys.platform, ...clusters]
    .filter(key => key !== undefined)
    .slice(0, MAX_RECIPIENTS);
}
