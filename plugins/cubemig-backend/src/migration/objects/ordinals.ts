import { KubeStatefulSet } from '../../clusters';

/** The ordinals that a StatefulSet has: they follow one another. */
export interface OrdinalRange {
  start: number;
  replicas: number;
}

/** Kubernetes' defaults are one replica, and zero as the first ordinal. */
export function rangeOf({ spec }: KubeStatefulSet): OrdinalRange {
  return { start: spec?.ordinals?.start ?? 0, replicas: spec?.replicas ?? 1 };
}

/** A pod's ordinal, by its name. */
export function ordinalOf(pod: string): number {
  return Number(/-(\d+)$/.exec(pod)?.[1] ?? NaN);
}

/** The range with one ordinal more; undefined where that would leave a gap, or has it already. */
export function extendRange(
  { start, replicas }: OrdinalRange,
  ordinal: number,
): OrdinalRange | undefined {
  if (replicas === 0) return { start: ordinal, replicas: 1 };
  if (ordinal === start - 1) return { start: ordinal, replicas: replicas + 1 };
  if (ordinal === start + replicas) return { start, replicas: replicas + 1 };
  return undefined;
}

/** The range without one ordinal; undefined where that would leave a gap, or where it has none such. */
export function shrinkRange(
  { start, replicas }: OrdinalRange,
  ordinal: number,
): OrdinalRange | undefined {
  if (replicas === 0) return undefined;
  // Of a single one it stays where it was: so it is found when it is scaled up again.
  if (ordinal === start + replicas - 1)
    return { start, replicas: replicas - 1 };
  if (ordinal === start) return { start: start + 1, replicas: replicas - 1 };
  return undefined;
}

/**
 * The range as part of a StatefulSet's `spec`. `ordinals` is on by default since Kubernetes 1.27, and so wherever a kubelet takes
 * checkpoints (1.30): no API server is older than its kubelets.
 */
export function specOfRange({ start, replicas }: OrdinalRange) {
  // In a merge patch `null` removes it.
  return { replicas, ordinals: start > 0 ? { start } : null };
}

export function describeRange({ start, replicas }: OrdinalRange): string {
  const last = start + replicas - 1;
  if (replicas === 0) return 'no ordinal';
  return replicas === 1
    ? `the ordinal ${start}`
    : `the ordinals ${start} to ${last}`;
}
