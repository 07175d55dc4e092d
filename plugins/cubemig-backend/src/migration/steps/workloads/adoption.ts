import { ClusterClient, DeadlineError, Kind, waitFor } from '../../../clusters';
import { ProblemError } from '../../../failures';
import { MigrationRun } from '../../MigrationRun';
import { patience } from '../patience';
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

/**
 * Until a ReplicaSet wants as many pods, and its controller knows that: one that has not heard of it would delete the pod that is to take up
 * the room. Whether it gets the fresh pod it starts meanwhile does not matter.
 */
export async function awaitRoom(
  run: MigrationRun,
  client: ClusterClient,
  name: string,
  replicas: number,
) {
  await waitFor(
    client,
    'ReplicaSet',
    { namespace: run.destination.namespace, name },
    { ...patience(run), what: `Making room in ReplicaSet ${name}` },
    ([found]) =>
      (found?.spec?.replicas ?? 0) >= replicas &&
      (found?.status?.observedGeneration ?? 0) >=
        (found?.metadata?.generation ?? 0)
        ? true
        : undefined,
  );
}

/**
 * Until a StatefulSet's controller has seen what it wants now: one that has not heard of a pod's ordinal would delete the pod as soon as it
 * matches.
 */
export async function awaitSeen(
  run: MigrationRun,
  client: ClusterClient,
  { namespace, name }: { namespace: string; name: string },
) {
  await waitFor(
    client,
    'StatefulSet',
    { namespace, name },
    { ...patience(run), what: `Making room in StatefulSet ${name}` },
    ([found]) =>
      (found?.status?.observedGeneration ?? 0) >=
        (found?.metadata?.generation ?? 0) || undefined,
  );
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
