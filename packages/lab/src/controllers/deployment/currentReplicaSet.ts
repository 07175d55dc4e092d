import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { isControlledBy } from '../ownership';
import { isOver } from '../podState';
import { REVISION, buildReplicaSet } from './replicaSetOf';
import { tellScaling } from './tellScaling';

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

function newestRevision(replicaSets: KubeObject[]): number {
  return Math.max(0, ...replicaSets.map(revisionOf));
}

/** The present ReplicaSet carries the highest revision, also after a rollback to its template. */
export function keepRevision(
  store: ClusterStore,
  deployment: KubeObject,
  current: KubeObject,
  old: KubeObject[],
): KubeObject {
  const revision = Math.max(revisionOf(current), newestRevision(old) + 1);
  const annotate = ({ kind, metadata }: KubeObject) =>
    store.mutate(kind, metadata.namespace, metadata.name, stored => {
      stored.metadata.annotations = {
        ...stored.metadata.annotations,
        [REVISION]: String(revision),
      };
    });
  annotate(deployment);
  return annotate(current) ?? current;
}

/** Starts the ReplicaSet of the present template; undefined where `Recreate` still waits for old pods. */
export function createCurrent(
  store: ClusterStore,
  deployment: KubeObject,
  old: KubeObject[],
  maxSurge: number,
): KubeObject | undefined {
  const { replicas, strategy } = deployment.spec;
  const oldReplicas = old.reduce((sum, { spec }) => sum + spec.replicas, 0);
  if (
    strategy.type === 'Recreate' &&
    !isFreeOfOldPods(store, deployment, old)
  ) {
    return undefined;
  }
  const maxReplicas = replicas + maxSurge;
  const draft = buildReplicaSet(deployment, {
    replicas: Math.max(0, Math.min(replicas, maxReplicas - oldReplicas)),
    maxReplicas,
    revision: newestRevision(old) + 1,
  });
  const taken = store.get(
    'ReplicaSet',
    deployment.metadata.namespace,
    draft.metadata!.name!,
  );
  if (taken) {
    // The next attempt hashes with the new count.
    const { namespace, name, uid } = deployment.metadata;
    store.mutate(
      'Deployment',
      namespace,
      name,
      ({ status }) => {
        status.collisionCount = (status.collisionCount ?? 0) + 1;
      },
      { uid },
    );
    throw new Error(`ReplicaSet ${taken.metadata.name} exists already`);
  }
  const created = store.create(draft);
  tellScaling(store, deployment, created.metadata.name, 0, draft.spec.replicas);
  return keepRevision(store, deployment, created, old);
}

function isFreeOfOldPods(
  store: ClusterStore,
  { metadata }: KubeObject,
  old: KubeObject[],
): boolean {
  return !store
    .list('Pod', metadata.namespace)
    .some(pod => !isOver(pod) && old.some(one => isControlledBy(pod, one)));
}
