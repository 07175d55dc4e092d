import { ClusterClient, DeadlineError, Kind, waitFor } from '../../../clusters';
import { ProblemError } from '../../../failures';
import { MigrationRun } from '../../MigrationRun';
import {
  changeRestoredPod,
  restoredPod,
  restoredPodGone,
} from '../restoredPod';

/** Adds the labels with which the restored pod matches a controller, which then adopts it. */
export async function addLabels(
  run: MigrationRun,
  client: ClusterClient,
  labels: Record<string, string>,
) {
  await changeRestoredPod(run, client, () => ({ metadata: { labels } }));
}

/** Until a controller of the target owns the restored pod. */
export async function awaitAdoption(
  run: MigrationRun,
  client: ClusterClient,
  controller: { kind: Kind; name: string },
) {
  await waitFor(
    client,
    'Pod',
    restoredPod(run),
    {
      ...patience(run),
      what: `Adoption by ${controller.kind} ${controller.name}`,
    },
    ([pod]) => {
      if (pod?.metadata?.uid !== run.destination.uid) {
        throw new ProblemError(restoredPodGone(run.destination.pod));
      }
      return pod?.metadata?.ownerReferences?.some(
        owner => owner.controller && owner.name === controller.name,
      )
        ? true
        : undefined;
    },
  );
}

/** Until the fresh pod that was started to make room has gone again. If it stays, that does no harm. */
export async function awaitNoExtra(
  run: MigrationRun,
  client: ClusterClient,
  replicaSet: string,
) {
  try {
    await waitFor(
      client,
      'ReplicaSet',
      { namespace: run.destination.namespace, name: replicaSet },
      { ...patience(run), what: 'Removing the extra replica' },
      ([found]) =>
        (found?.status?.replicas ?? 0) <= (found?.spec?.replicas ?? 1) ||
        undefined,
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    await run.warn(
      `${error.message}: ReplicaSet ${replicaSet} has more pods than it wants.`,
    );
  }
}

/** How long a controller of the target may take for anything. */
export function patience(run: MigrationRun) {
  const { cutOverSeconds } = run.config.migration.timeouts;
  return { timeoutMs: cutOverSeconds * 1000, signal: run.signal };
}
