import { ApiError } from '../ApiError';
import type { ClusterStore, KubeObject } from '../ClusterStore';
import { matchesSelector } from '../selectors';
import { formatTime } from '../store';
import type { ResourceRequest } from './ServedCluster';
import { readObject, sendSuccess } from './messages';
import { requireNamed } from './readRequests';

/** Deletes a pod if its disruption budget has room for that (pkg/registry/core/pod/storage/eviction.go). */
export async function handleEviction(request: ResourceRequest): Promise<void> {
  const { cluster, info, response } = request;
  const eviction = await readObject(request.message);
  const { gracePeriodSeconds, preconditions, dryRun } =
    eviction.deleteOptions ?? {};
  const isDryRun = (dryRun ?? []).includes('All');
  const pod = requireNamed(request);
  const budget = findBudget(cluster.store, pod);
  if (budget && mustAsk(pod, budget)) {
    checkBudget(budget);
    if (!isDryRun) {
      useBudget(cluster.store, budget, pod);
    }
  }
  cluster.store.delete('Pod', info.namespace, info.name!, {
    gracePeriodSeconds,
    ...preconditions,
    dryRun: isDryRun,
  });
  sendSuccess(response);
}

function findBudget(
  store: ClusterStore,
  { metadata }: KubeObject,
): KubeObject | undefined {
  const budgets = store
    .list('PodDisruptionBudget', metadata.namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, metadata.labels));
  if (budgets.length > 1) {
    throw new ApiError(
      500,
      'InternalError',
      'Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  return budgets[0];
}

/** A pod that serves nobody is no loss: one that waits, has ended or goes already, or is not ready while enough others are. */
function mustAsk({ metadata, status }: KubeObject, budget: KubeObject) {
  if (status?.phase !== 'Running' || metadata.deletionTimestamp) {
    return false;
  }
  const isReady = status.conditions?.some(
    (c: any) => c.type === 'Ready' && c.status === 'True',
  );
  if (isReady) {
    return true;
  }
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
  const isFree =
    budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' ||
    (desiredHealthy > 0 && currentHealthy >= desiredHealthy);
  return !isFree;
}

function checkBudget({ metadata, status }: KubeObject): void {
  const { observedGeneration = 0, disruptionsAllowed = 0 } = status ?? {};
  if (observedGeneration < (metadata.generation ?? 0)) {
    throw tooManyDisruptions(
      `The disruption budget ${metadata.name} is still being processed by the server.`,
      10,
    );
  }
  if (disruptionsAllowed === 0) {
    throw tooManyDisruptions(
      `The disruption budget ${metadata.name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
    );
  }
}

/** The eviction counts at once, before the controller has seen it. */
function useBudget(
  store: ClusterStore,
  { kind, metadata }: KubeObject,
  pod: KubeObject,
): void {
  store.mutate(kind, metadata.namespace, metadata.name, ({ status }) => {
    status.disruptionsAllowed -= 1;
    status.disruptedPods = {
      ...status.disruptedPods,
      [pod.metadata.name]: formatTime(),
    };
  });
}

function tooManyDisruptions(message: string, retryAfterSeconds?: number) {
  return new ApiError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [{ reason: 'DisruptionBudget', message }],
      ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
    },
  );
}
