import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { matchesSelector } from '../../api/selectors';
import { formatTime } from '../../api/store/names';
import { keyOf, splitKey, type Controller } from '../Controller';
import { claim, controllerOf, isControlledBy } from '../ownership';
import { createCurrent, keepRevision } from './currentReplicaSet';
import { computeDeploymentStatus } from './deploymentStatus';
import { planRollout, resolveLimits, type Replicas } from './planRollout';
import { DESIRED_REPLICAS, MAX_REPLICAS, hasTemplateOf } from './replicaSetOf';
import { tellScaling } from './tellScaling';

/** Keeps one ReplicaSet of the present template and lets those of earlier ones go, step by step. */
export function deploymentController(store: ClusterStore): Controller {
  return {
    name: 'deployment-controller',
    wakesOn: {
      Deployment: deployment => [keyOf(deployment)],
      ReplicaSet: replicaSet => deploymentsToWake(store, replicaSet),
      // `Recreate` waits until the last old pod is gone.
      Pod: (pod, change) =>
        change === 'DELETED' ? deploymentsOfPod(store, pod) : [],
    },
    reconcile(key) {
      const deployment = store.get('Deployment', ...splitKey(key));
      if (deployment) {
        reconcileDeployment(store, deployment);
      }
    },
  };
}

function deploymentsToWake(
  store: ClusterStore,
  replicaSet: KubeObject,
): string[] {
  const { namespace, labels } = replicaSet.metadata;
  const controller = controllerOf(replicaSet);
  if (controller) {
    return controller.kind === 'Deployment'
      ? [`${namespace}/${controller.name}`]
      : [];
  }
  return store
    .list('Deployment', namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, labels))
    .map(keyOf);
}

function deploymentsOfPod(store: ClusterStore, pod: KubeObject): string[] {
  const owner = controllerOf(pod);
  const replicaSet =
    owner?.kind === 'ReplicaSet'
      ? store.get('ReplicaSet', pod.metadata.namespace, owner.name)
      : undefined;
  return replicaSet ? deploymentsToWake(store, replicaSet) : [];
}

function reconcileDeployment(store: ClusterStore, deployment: KubeObject) {
  const { namespace } = deployment.metadata;
  const owned = claim(
    store,
    deployment,
    store.list('ReplicaSet', namespace),
  ).sort(byAge);
  // Of several that fit, Kubernetes takes the oldest.
  const found = owned.find(one => hasTemplateOf(one, deployment));
  const old = owned.filter(one => one !== found);
  const limits = limitsOf(deployment);
  if (deployment.metadata.deletionTimestamp) {
    return;
  }
  let current = found;
  if (!deployment.spec.paused) {
    current = found
      ? keepRevision(store, deployment, found, old)
      : createCurrent(store, deployment, old, limits.maxSurge);
  }
  rollOut(store, deployment, current, old, limits);
  deleteOldest(store, deployment, old);
  writeStatus(store, deployment, limits.maxUnavailable);
}

function byAge(left: KubeObject, right: KubeObject): number {
  return (
    left.metadata.creationTimestamp.localeCompare(
      right.metadata.creationTimestamp,
    ) || left.metadata.name.localeCompare(right.metadata.name)
  );
}

function limitsOf({ spec }: KubeObject) {
  return spec.strategy.rollingUpdate
    ? resolveLimits(spec.replicas, spec.strategy.rollingUpdate)
    : { maxSurge: 0, maxUnavailable: spec.replicas };
}

function rollOut(
  store: ClusterStore,
  deployment: KubeObject,
  current: KubeObject | undefined,
  old: KubeObject[],
  limits: { maxSurge: number; maxUnavailable: number },
): void {
  const { replicas, strategy, paused } = deployment.spec;
  const active = old.filter(({ spec }) => spec.replicas > 0);
  const plan = new Map<string, number>();
  if (current && active.length === 0) {
    plan.set(current.metadata.name, replicas);
  } else if (paused) {
    return;
  } else if (strategy.type === 'Recreate') {
    active.forEach(({ metadata }) => plan.set(metadata.name, 0));
  } else if (current) {
    planRollout({
      replicas,
      ...limits,
      current: toReplicas(current),
      old: active.map(toReplicas),
    }).forEach((wanted, name) => plan.set(name, wanted));
  }
  for (const [name, wanted] of plan) {
    scale(store, deployment, name, wanted, replicas + limits.maxSurge);
  }
}

function toReplicas({ metadata, spec, status }: KubeObject): Replicas {
  return {
    name: metadata.name,
    wanted: spec.replicas,
    available: status?.availableReplicas ?? 0,
  };
}

function scale(
  store: ClusterStore,
  deployment: KubeObject,
  name: string,
  wanted: number,
  maxReplicas: number,
): void {
  let before = wanted;
  store.mutate('ReplicaSet', deployment.metadata.namespace, name, stored => {
    before = stored.spec.replicas;
    if (before === wanted) {
      return;
    }
    stored.spec.replicas = wanted;
    stored.metadata.annotations = {
      ...stored.metadata.annotations,
      [DESIRED_REPLICAS]: String(deployment.spec.replicas),
      [MAX_REPLICAS]: String(maxReplicas),
    };
  });
  if (before !== wanted) {
    tellScaling(store, deployment, name, before, wanted);
  }
}

function deleteOldest(
  store: ClusterStore,
  { spec }: KubeObject,
  old: KubeObject[],
): void {
  const idle = old.filter(
    one => one.spec.replicas === 0 && !one.status?.replicas,
  );
  for (const { metadata } of idle.slice(
    0,
    Math.max(0, idle.length - spec.revisionHistoryLimit),
  )) {
    store.delete('ReplicaSet', metadata.namespace, metadata.name, {
      uid: metadata.uid,
    });
  }
}

function writeStatus(
  store: ClusterStore,
  { metadata }: KubeObject,
  maxUnavailable: number,
): void {
  const deployment = store.get('Deployment', metadata.namespace, metadata.name);
  if (!deployment) {
    return;
  }
  const owned = store
    .list('ReplicaSet', metadata.namespace)
    .filter(one => isControlledBy(one, deployment))
    .sort(byAge);
  const current = owned.find(one => hasTemplateOf(one, deployment));
  store.mutate('Deployment', metadata.namespace, metadata.name, stored => {
    stored.status = computeDeploymentStatus({
      deployment,
      current,
      old: owned.filter(one => one !== current),
      maxUnavailable,
      now: formatTime(),
    });
  });
}
