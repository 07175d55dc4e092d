import type { KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';

const KEY = 'node.kubernetes.io/unreachable';
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
  const taints: { key: string; effect: string }[] = node.spec?.taints ?? [];
  const others = taints.filter(({ key }) => key !== KEY);
  if (isLost) {
    node.status.conditions = (node.status.conditions ?? []).map(
      (condition: any) =>
        condition.status === SILENT.status
          ? condition
          : { ...condition, ...SILENT, lastTransitionTime: formatTime() },
    );
    others.push(
      { key: KEY, effect: 'NoSchedule' },
      { key: KEY, effect: 'NoExecute' },
    );
  }
  node.spec = { ...node.spec, taints: others.length ? others : undefined };
}
