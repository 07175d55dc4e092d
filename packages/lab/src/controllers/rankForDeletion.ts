import type { KubeObject } from '../api/ClusterStore';
import { isReady, readyConditionOf } from './podState';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASE_ORDER = ['Pending', 'Unknown', 'Running'];

/**
 * Orders a ReplicaSet's pods, the first to be deleted first (k8s.io/kubernetes, pkg/controller, ActivePodsWithRanks): without a node,
 * pending, not ready, of lower deletion cost, on a node with more of them, ready for less long, restarted more often, younger.
 */
export function rankForDeletion(pods: KubeObject[]): KubeObject[] {
  const onNode = new Map<string, number>();
  for (const { spec } of pods) {
    onNode.set(spec.nodeName, (onNode.get(spec.nodeName) ?? 0) + 1);
  }
  const rankOf = (pod: KubeObject): number[] => [
    pod.spec.nodeName ? 1 : 0,
    PHASE_ORDER.indexOf(pod.status?.phase),
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.[COST] ?? 0),
    -onNode.get(pod.spec.nodeName)!,
    isReady(pod) ? -timeOf(readyConditionOf(pod)?.lastTransitionTime) : 0,
    -restartsOf(pod),
    -timeOf(pod.metadata.creationTimestamp),
    // Kubernetes' times are whole seconds: of two pods of one second the later write is the younger.
    -Number(pod.metadata.resourceVersion),
  ];
  return pods
    .map(pod => ({ pod, rank: rankOf(pod) }))
    .sort((left, right) => compare(left.rank, right.rank))
    .map(({ pod }) => pod);
}

function compare(left: number[], right: number[]): number {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : left[at] - right[at];
}

function timeOf(time: string | undefined): number {
  return time ? Date.parse(time) : 0;
}

function restartsOf({ status }: KubeObject): number {
  return Math.max(
    0,
    ...(status?.containerStatuses ?? []).map((s: any) => s.restartCount ?? 0),
  );
}
