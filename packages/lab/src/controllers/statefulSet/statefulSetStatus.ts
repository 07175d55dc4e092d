import type { KubeObject } from '../../api/ClusterStore';
import { isReady, readyForMs } from '../podState';
import { revisionOf } from './planSet';

/** What is zero is left out, as Kubernetes does; but for `availableReplicas`. */
export interface StatefulSetStatus {
  observedGeneration?: number;
  replicas: number;
  readyReplicas?: number;
  availableReplicas: number;
  currentReplicas?: number;
  updatedReplicas?: number;
  currentRevision: string;
  updateRevision: string;
  collisionCount: number;
}

/** A StatefulSet's status. Its current revision follows the update revision when a rolling update is complete. */
export function statefulSetStatus(
  { metadata, spec, status }: KubeObject,
  pods: KubeObject[],
  updateRevision: string,
  now: number,
): StatefulSetStatus {
  const currentRevision: string = status?.currentRevision ?? updateRevision;
  const mustBeReadyForMs = (spec.minReadySeconds ?? 0) * 1000;
  const remaining = pods.filter(pod => !pod.metadata.deletionTimestamp);
  const ready = pods.filter(isReady);
  const available = ready.filter(
    pod => readyForMs(pod, now)! >= mustBeReadyForMs,
  );
  const countOf = (revision: string) =>
    remaining.filter(pod => revisionOf(pod) === revision).length;
  const updated = countOf(updateRevision);
  const isComplete =
    spec.updateStrategy.type === 'RollingUpdate' &&
    updated === pods.length &&
    ready.length === pods.length &&
    pods.length === spec.replicas;
  const current = isComplete ? updateRevision : currentRevision;
  return {
    observedGeneration: metadata.generation,
    replicas: pods.length,
    ...present('readyReplicas', ready.length),
    availableReplicas: available.length,
    ...present('currentReplicas', countOf(current)),
    ...present('updatedReplicas', updated),
    currentRevision: current,
    updateRevision,
    collisionCount: status?.collisionCount ?? 0,
  };
}

function present(
  name: keyof StatefulSetStatus,
  count: number,
): Partial<StatefulSetStatus> {
  return count > 0 ? { [name]: count } : {};
}
