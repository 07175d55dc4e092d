/** A deployment's ReplicaSet as far as a rollout is concerned. */
export interface Replicas {
  name: string;
  /** `spec.replicas`. */
  wanted: number;
  /** `status.availableReplicas`. */
  available: number;
}

export interface RolloutState {
  replicas: number;
  /** How many pods there may be beyond `replicas`. */
  maxSurge: number;
  /** How many of `replicas` may be missing. */
  maxUnavailable: number;
  current: Replicas;
  /** The ReplicaSets of earlier templates, oldest first. */
  old: Replicas[];
}

/**
 * How many replicas each ReplicaSet should want now, by name; only those that change. The next step of a rolling update
 * (k8s.io/kubernetes, pkg/controller/deployment/rolling.go): first the new one grows, else the old ones shrink, unhealthy replicas first.
 */
export function planRollout(state: RolloutState): Map<string, number> {
  const { replicas, maxSurge, maxUnavailable, current, old } = state;
  const wantedByAll = sum([current, ...old], 'wanted');

  const grown =
    current.wanted > replicas
      ? replicas
      : current.wanted +
        clamp(replicas + maxSurge - wantedByAll, 0, replicas - current.wanted);
  if (grown !== current.wanted) {
    return new Map([[current.name, grown]]);
  }

  const minAvailable = replicas - maxUnavailable;
  const currentUnavailable = current.wanted - current.available;
  let mayGo = wantedByAll - minAvailable - currentUnavailable;
  const wanted = new Map(old.map(({ name, wanted: count }) => [name, count]));
  for (const { name, available } of old) {
    const unhealthy = clamp(wanted.get(name)! - available, 0, mayGo);
    wanted.set(name, wanted.get(name)! - unhealthy);
    mayGo -= unhealthy;
  }
  let healthyToGo = Math.min(
    mayGo,
    sum([current, ...old], 'available') - minAvailable,
  );
  for (const { name } of old) {
    const going = clamp(wanted.get(name)!, 0, healthyToGo);
    wanted.set(name, wanted.get(name)! - going);
    healthyToGo -= going;
  }
  return new Map(
    old
      .filter(({ name, wanted: before }) => wanted.get(name) !== before)
      .map(({ name }) => [name, wanted.get(name)!]),
  );
}

/** A deployment's `maxSurge` and `maxUnavailable` as numbers: surge is rounded up, unavailable down, and not both may be zero. */
export function resolveLimits(
  replicas: number,
  {
    maxSurge,
    maxUnavailable,
  }: { maxSurge: number | string; maxUnavailable: number | string },
): { maxSurge: number; maxUnavailable: number } {
  const surge = resolve(maxSurge, replicas, Math.ceil);
  const unavailable = resolve(maxUnavailable, replicas, Math.floor);
  return {
    maxSurge: surge,
    maxUnavailable:
      surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas),
  };
}

function resolve(
  limit: number | string,
  replicas: number,
  round: (value: number) => number,
): number {
  return typeof limit === 'string' && limit.endsWith('%')
    ? round((parseInt(limit, 10) * replicas) / 100)
    : Number(limit);
}

function sum(list: Replicas[], field: 'wanted' | 'available'): number {
  return list.reduce((total, item) => total + item[field], 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
