import type { KubeObject } from '../api/ClusterStore';
import type { PodCondition } from '../api/podReadiness';

export function isOver({ status }: KubeObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Neither finished nor being deleted: such a pod counts as a replica. */
export function isActive(pod: KubeObject): boolean {
  return !isOver(pod) && !pod.metadata.deletionTimestamp;
}

export function readyConditionOf({
  status,
}: KubeObject): PodCondition | undefined {
  return status?.conditions?.find(({ type }: PodCondition) => type === 'Ready');
}

export function isReady(pod: KubeObject): boolean {
  return readyConditionOf(pod)?.status === 'True';
}

/** For how long a pod has been ready; undefined where it is not. */
export function readyForMs(pod: KubeObject, now: number): number | undefined {
  const ready = readyConditionOf(pod);
  return ready?.status === 'True'
    ? now - Date.parse(ready.lastTransitionTime ?? '')
    : undefined;
}
