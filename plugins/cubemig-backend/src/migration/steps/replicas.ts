import { amend, ClusterClient, KubeDeployment } from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/** Lowest: this pod goes first when its workload is scaled down. */
export const LOW_DELETION_COST = '-2147483647';

/**
 * A label on a Deployment that tells that this migration has scaled it. Set in the same write as the number of replicas, so
 * that no crash can make the step happen twice, or not at all. A label, since the controller copies annotations to ReplicaSets.
 */
function markOf(run: MigrationRun) {
  return `scaled.cubemig.io/${run.migration.id}`;
}

/** Scales a Deployment by one, once for each migration. Resolves to how many replicas it has then. */
export async function scaleOnce(
  run: MigrationRun,
  client: ClusterClient,
  namespace: string,
  name: string,
  by: 1 | -1,
): Promise<number> {
  const deployment = await amend(
    client,
    'Deployment',
    { namespace, name },
    found =>
      isMarked(run, found)
        ? undefined
        : {
            metadata: { labels: { [markOf(run)]: 'true' } },
            spec: { replicas: Math.max(0, replicasOf(found) + by) },
          },
  );
  if (!deployment) {
    throw new ProblemError({
      code: 'deployment-gone',
      message: `The Deployment '${name}' of cluster '${client.cluster}' was deleted.`,
      remedy: 'Find out who deleted it, then migrate again.',
    });
  }
  return replicasOf(deployment);
}

/** Takes back a `scaleOnce` by +1, if it happened. */
export async function takeBackReplica(
  run: MigrationRun,
  client: ClusterClient,
  namespace: string,
  name: string,
) {
  let isTakenBack = false;
  await amend(client, 'Deployment', { namespace, name }, found => {
    isTakenBack = isMarked(run, found);
    if (!isTakenBack) return undefined;
    return {
      metadata: { labels: { [markOf(run)]: null } },
      spec: { replicas: Math.max(0, replicasOf(found) - 1) },
    };
  });
  if (isTakenBack) {
    await run.note(`Scaled ${name} on ${client.cluster} down by one again`);
  }
}

/** Removes the mark, once nothing will be taken back any more. */
export async function forgetScaling(
  run: MigrationRun,
  client: ClusterClient,
  namespace: string,
  name: string,
) {
  await amend(client, 'Deployment', { namespace, name }, found =>
    isMarked(run, found)
      ? { metadata: { labels: { [markOf(run)]: null } } }
      : undefined,
  );
}

function isMarked(run: MigrationRun, { metadata }: KubeDeployment) {
  return metadata?.labels?.[markOf(run)] !== undefined;
}

/** Kubernetes' default is one. */
function replicasOf({ spec }: KubeDeployment) {
  return spec?.replicas ?? 1;
}
