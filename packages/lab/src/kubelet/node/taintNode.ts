import type { KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';

const UNREACHABLE = 'node.kubernetes.io/unreachable';
const DISK_PRESSURE = 'node.kubernetes.io/disk-pressure';
const SILENT = {
  status: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
};

/**
 * What a cluster makes of a node that it does not hear of any more (pkg/controller/nodelifecycle): every condition is unknown, and taints
 * keep pods away. Takes the taints back from a node that is heard again.
 */
export function markUnreachable(node: KubeObject, isLost: boolean): void {
  if (isLost) {
    node.status.conditions = (node.status.conditions ?? []).map(
      (condition: any) =>
        condition.status === SILENT.status
          ? condition
          : { ...condition, ...SILENT, lastTransitionTime: formatTime() },
    );
  }
  taint(node, UNREACHABLE, isLost ? ['NoSchedule', 'NoExecute'] : []);
}

/** A node with a full disk takes no more pods (TaintNodesByCondition). */
export function markFull(node: KubeObject, isFull: boolean): void {
  taint(node, DISK_PRESSURE, isFull ? ['NoSchedule'] : []);
}

function taint(node: KubeObject, key: string, effects: string[]): void {
  const before: { key: string; effect: string }[] = node.spec?.taints ?? [];
  const taints = [
    ...before.filter(other => other.key !== key),
    ...effects.map(effect => ({ key, effect })),
  ];
  node.spec = { ...node.spec, taints: taints.length ? taints : undefined };
}
