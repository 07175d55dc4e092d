import type { KubeObject } from './ClusterStore';

export interface PodCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  observedGeneration?: number;
  lastProbeTime?: string | null;
  lastTransitionTime?: string;
  reason?: string;
  message?: string;
}

/**
 * The pod's `Ready` condition as a kubelet words it: its containers are ready and every readiness gate is open.
 * Undefined while the kubelet has not said anything about the containers. The store applies it at each write of a pod's status, so that an
 * opened gate turns the pod Ready at once (pkg/kubelet/status/generate.go, GeneratePodReadyCondition).
 */
export function computeReadyCondition(
  pod: KubeObject,
): Pick<PodCondition, 'status' | 'reason' | 'message'> | undefined {
  const conditions: PodCondition[] = pod.status?.conditions ?? [];
  const containersReady = conditions.find(c => c.type === 'ContainersReady');
  if (!containersReady) {
    return undefined;
  }
  if (containersReady.status !== 'True') {
    const { status, reason, message } = containersReady;
    return { status, reason, message };
  }
  const closedGates = (pod.spec?.readinessGates ?? []).flatMap(
    ({ conditionType }: { conditionType: string }) => {
      const condition = conditions.find(c => c.type === conditionType);
      if (!condition) {
        return [
          `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
        ];
      }
      return condition.status === 'True'
        ? []
        : [
            `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`,
          ];
    },
  );
  if (closedGates.length > 0) {
    return {
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message: closedGates.join(', '),
    };
  }
  return { status: 'True' };
}

/** Brings the `Ready` condition in line with {@link computeReadyCondition}, in place. */
export function applyReadyCondition(pod: KubeObject, now: string): void {
  const ready = computeReadyCondition(pod);
  if (!ready) {
    return;
  }
  const conditions: PodCondition[] = pod.status.conditions;
  const index = conditions.findIndex(c => c.type === 'Ready');
  const previous = index < 0 ? undefined : conditions[index];
  const { reason: _reason, message: _message, ...kept } = previous ?? {};
  const next: PodCondition = {
    lastProbeTime: null,
    ...kept,
    type: 'Ready',
    status: ready.status,
    lastTransitionTime:
      previous?.status === ready.status ? previous.lastTransitionTime : now,
    ...(ready.reason ? { reason: ready.reason } : {}),
    ...(ready.message ? { message: ready.message } : {}),
  };
  if (index < 0) {
    conditions.push(next);
  } else {
    conditions[index] = next;
  }
}
