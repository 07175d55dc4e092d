import type { KubeObject } from '../api/ClusterStore';
import { matchesSelector, type LabelSelector } from '../api/selectors';
import { parseQuantity } from './quantity';

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

export interface Toleration {
  key?: string;
  operator?: 'Equal' | 'Exists';
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}

/** Why a node cannot take a pod, in the scheduler's words; undefined where it can. `taken` are the pods that it has. */
export function findObstacle(
  { spec }: KubeObject,
  node: KubeObject,
  taken: KubeObject[],
): string | undefined {
  const tolerations: Toleration[] = spec.tolerations ?? [];
  const unschedulable: Taint = {
    key: 'node.kubernetes.io/unschedulable',
    effect: 'NoSchedule',
  };
  if (node.spec?.unschedulable && !isTolerated(unschedulable, tolerations)) {
    return 'node(s) were unschedulable';
  }
  const isReady = node.status?.conditions?.some(
    (c: any) => c.type === 'Ready' && c.status === 'True',
  );
  if (!isReady) {
    return 'node(s) had untolerated taint(s)';
  }
  const taints: Taint[] = node.spec?.taints ?? [];
  const isRepelled = taints.some(
    taint =>
      taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, tolerations),
  );
  if (isRepelled) {
    return 'node(s) had untolerated taint(s)';
  }
  if (!isSelected(spec, node)) {
    return "node(s) didn't match Pod's node affinity/selector";
  }
  return findShortage(spec, node, taken);
}

export function isTolerated(taint: Taint, tolerations: Toleration[]): boolean {
  return tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (!effect || effect === taint.effect) &&
      (operator === 'Exists'
        ? !key || key === taint.key
        : key === taint.key && value === (taint.value ?? '')),
  );
}

function isSelected(spec: any, { metadata }: KubeObject): boolean {
  const labels = metadata.labels ?? {};
  const terms: (LabelSelector & {
    matchFields?: LabelSelector['matchExpressions'];
  })[] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  return (
    matchesSelector({ matchLabels: spec.nodeSelector }, labels) &&
    (terms.length === 0 ||
      terms.some(
        ({ matchExpressions, matchFields }) =>
          matchesSelector({ matchExpressions }, labels) &&
          matchesSelector(
            { matchExpressions: matchFields },
            { 'metadata.name': metadata.name },
          ),
      ))
  );
}

function findShortage(
  spec: any,
  { status }: KubeObject,
  taken: KubeObject[],
): string | undefined {
  const allocatable = status?.allocatable ?? {};
  if (taken.length >= Number(allocatable.pods ?? Infinity)) {
    return 'Too many pods';
  }
  const short = ['cpu', 'memory'].find(unit => {
    const used = taken.reduce((sum, pod) => sum + requestOf(pod.spec, unit), 0);
    const asked = requestOf(spec, unit);
    return (
      asked > 0 &&
      allocatable[unit] !== undefined &&
      used + asked > parseQuantity(allocatable[unit])
    );
  });
  return short && `Insufficient ${short}`;
}

function requestOf(spec: any, unit: string): number {
  return spec.containers
    .map((c: any) => parseQuantity(c.resources?.requests?.[unit] ?? 0))
    .reduce((sum: number, amount: number) => sum + amount, 0);
}
