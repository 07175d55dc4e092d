import type { KubeObject } from '../../api/ClusterStore';
import { isReady } from '../podState';

/** A PodDisruptionBudget's status (pkg/controller/disruption). `expectedScale` is what the pods' controllers want together. */
export function budgetStatus(
  { metadata, spec, status }: KubeObject,
  pods: KubeObject[],
  expectedScale: number,
) {
  const disrupted = keepDisrupted(status?.disruptedPods, pods);
  const currentHealthy = pods.filter(
    pod =>
      isReady(pod) &&
      !pod.metadata.deletionTimestamp &&
      !(pod.metadata.name in disrupted),
  ).length;
  const { expectedPods, desiredHealthy } = expect(
    spec,
    pods.length,
    expectedScale,
  );
  const disruptionsAllowed =
    expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
  return {
    ...(Object.keys(disrupted).length ? { disruptedPods: disrupted } : {}),
    observedGeneration: metadata.generation,
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
  };
}

/** Who was evicted counts as gone already, until it is really being deleted. */
function keepDisrupted(
  disrupted: Record<string, string> = {},
  pods: KubeObject[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(disrupted).filter(([name]) =>
      pods.some(
        ({ metadata }) => metadata.name === name && !metadata.deletionTimestamp,
      ),
    ),
  );
}

function expect(spec: any, podCount: number, expectedScale: number) {
  if (spec.maxUnavailable !== undefined) {
    const mayMiss = scaled(spec.maxUnavailable, expectedScale);
    return {
      expectedPods: expectedScale,
      desiredHealthy: Math.max(0, expectedScale - mayMiss),
    };
  }
  const minimum = spec.minAvailable ?? 0;
  return typeof minimum === 'number'
    ? { expectedPods: podCount, desiredHealthy: minimum }
    : {
        expectedPods: expectedScale,
        desiredHealthy: scaled(minimum, expectedScale),
      };
}

/** A number as it is, a percentage rounded up. */
function scaled(value: number | string, total: number): number {
  return typeof value === 'number'
    ? value
    : Math.ceil((Number.parseInt(value, 10) * total) / 100);
}
