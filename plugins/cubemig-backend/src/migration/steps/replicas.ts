import { POD_DELETION_COST } from '@cubemig/plugin-cubemig-common';
import {
  amend,
  ClusterClient,
  KubeDeployment,
  KubeReplicaSet,
  KubeStatefulSet,
} from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/** Lowest: this pod goes first when its workload is scaled down. */
export const LOW_DELETION_COST = '-2147483647';

/** A workload with a number of replicas. */
export interface Scaled {
  kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet';
  namespace: string;
  name: string;
}

/** The pod's workload in one of the migration's two clusters. */
export function workloadIn(
  run: MigrationRun,
  side: 'source' | 'target',
): Scaled {
  const { kind, name } = run.facts.owner!;
  const { namespace } =
    side === 'source' ? run.migration.source : run.destination;
  return { kind: kind as Scaled['kind'], namespace, name };
}

/** Removes the marks of both, once nothing will be taken back any more. */
export async function forgetScalings(run: MigrationRun) {
  await forgetScaling(run, await run.source(), workloadIn(run, 'source'));
  await forgetScaling(run, await run.target(), workloadIn(run, 'target'));
}

export type ScaledObject = KubeDeployment | KubeReplicaSet | KubeStatefulSet;

/**
 * A label on a workload that tells that this migration has scaled it. Set in the same write as the number of replicas, so
 * that no crash can make the step happen twice, or not at all. A label, since the controller copies annotations to ReplicaSets.
 */
function markOf(run: MigrationRun) {
  return `scaled.cubemig.io/${run.migration.id}`;
}

/** Scales a workload by one, once for each migration. Resolves to how many replicas it has then. */
export async function scaleOnce(
  run: MigrationRun,
  client: ClusterClient,
  scaled: Scaled,
  by: 1 | -1,
): Promise<number> {
  const workload = await resizeOnce(run, client, scaled, found => ({
    replicas: Math.max(0, replicasOf(found) + by),
  }));
  return replicasOf(workload);
}

/** Changes how many pods a workload has, and which, once for each migration: what `specOf` throws keeps it as it is. */
export async function resizeOnce(
  run: MigrationRun,
  client: ClusterClient,
  { kind, ...key }: Scaled,
  specOf: (found: ScaledObject) => object,
): Promise<ScaledObject> {
  const workload = await amend(client, kind, key, (found: ScaledObject) =>
    isMarked(run, found)
      ? undefined
      : {
          metadata: { labels: { [markOf(run)]: 'true' } },
          spec: specOf(found),
        },
  );
  if (!workload) {
    throw new ProblemError({
      code: `${kind.toLowerCase()}-gone`,
      message: `The ${kind} '${key.name}' of cluster '${client.cluster}' was deleted.`,
      remedy: 'Find out who deleted it, then migrate again.',
    });
  }
  return workload;
}

/** Takes back a `scaleOnce` by +1, if it happened. */
export async function takeBackReplica(
  run: MigrationRun,
  client: ClusterClient,
  scaled: Scaled,
) {
  await takeBackSize(run, client, scaled, found => ({
    replicas: Math.max(0, replicasOf(found) - 1),
  }));
}

/** Takes back a `resizeOnce` that gave a workload one pod more, if it happened. */
export async function takeBackSize(
  run: MigrationRun,
  client: ClusterClient,
  { kind, ...key }: Scaled,
  specOf: (found: ScaledObject) => object,
) {
  let isTakenBack = false;
  await amend(client, kind, key, (found: ScaledObject) => {
    isTakenBack = isMarked(run, found);
    if (!isTakenBack) return undefined;
    return {
      metadata: { labels: { [markOf(run)]: null } },
      spec: specOf(found),
    };
  });
  if (isTakenBack) {
    await run.note(`Scaled ${key.name} on ${client.cluster} down by one again`);
  }
}

async function forgetScaling(
  run: MigrationRun,
  client: ClusterClient,
  { kind, ...key }: Scaled,
) {
  await amend(client, kind, key, (found: ScaledObject) =>
    isMarked(run, found)
      ? { metadata: { labels: { [markOf(run)]: null } } }
      : undefined,
  );
}

/** Sees to it that the source pod is the one that goes when its workload is scaled down. */
export async function cheapenSource(run: MigrationRun, client: ClusterClient) {
  const { namespace, pod: name, uid } = run.migration.source;
  await amend(client, 'Pod', { namespace, name, uid }, () => ({
    metadata: { annotations: { [POD_DELETION_COST]: LOW_DELETION_COST } },
  }));
}

function isMarked(run: MigrationRun, { metadata }: ScaledObject) {
  return metadata?.labels?.[markOf(run)] !== undefined;
}

/** Kubernetes' default is one. */
export function replicasOf({ spec }: ScaledObject) {
  return spec?.replicas ?? 1;
}
