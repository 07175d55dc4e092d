import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { isControlledBy } from '../ownership';
import { isActive, isOver, isReady } from '../podState';
import { TRACKING, type Outcomes } from './judgeJob';

export function podsOf(store: ClusterStore, job: KubeObject): KubeObject[] {
  return store
    .list('Pod', job.metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
}

/** Lets a pod go that was counted, or that nobody will count. */
export function stopTracking(
  store: ClusterStore,
  { metadata }: KubeObject,
): void {
  const { namespace, name, uid } = metadata;
  store.mutate(
    'Pod',
    namespace,
    name,
    stored => {
      const rest = stored.metadata.finalizers?.filter(f => f !== TRACKING);
      stored.metadata.finalizers = rest?.length ? rest : undefined;
    },
    { uid },
  );
}

export function deletePod(store: ClusterStore, { metadata }: KubeObject): void {
  const { namespace, name, uid } = metadata;
  store.delete('Pod', namespace, name, { uid });
}

/** The part of a job's status that says what its pods do now. */
export function computeCounts(pods: KubeObject[]) {
  const active = pods.filter(isActive);
  return {
    active: active.length || undefined,
    ready: active.filter(isReady).length,
    terminating: pods.filter(
      pod => pod.metadata.deletionTimestamp && !isOver(pod),
    ).length,
  };
}

export function writeStatus(
  store: ClusterStore,
  { metadata }: KubeObject,
  fields: Record<string, unknown>,
): void {
  store.mutate(
    'Job',
    metadata.namespace,
    metadata.name,
    stored => Object.assign(stored.status, fields),
    { uid: metadata.uid },
  );
}

/**
 * Writes down which pods are being counted and lets them go. The caller then writes the sums: whoever stops between the two counts
 * nobody twice. Returns the sums.
 */
export function countPods(
  store: ClusterStore,
  job: KubeObject,
  pods: KubeObject[],
  outcomes: Outcomes,
  conditions?: object[],
) {
  const { succeededUids, failedUids, succeeded, failed } = outcomes;
  writeStatus(store, job, {
    ...(conditions ? { conditions } : {}),
    ...computeCounts(pods),
    uncountedTerminatedPods: {
      ...(succeededUids.length ? { succeeded: succeededUids } : {}),
      ...(failedUids.length ? { failed: failedUids } : {}),
    },
  });
  pods
    .filter(({ metadata }) =>
      [...succeededUids, ...failedUids].includes(metadata.uid),
    )
    .forEach(pod => stopTracking(store, pod));
  return {
    succeeded: succeeded || undefined,
    failed: failed || undefined,
    uncountedTerminatedPods: {},
  };
}
