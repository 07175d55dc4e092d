import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { STORED_TYPES } from '../api/resources';
import type { Controller } from './Controller';

/** Deletes what lost its owners, and sees to it that owners which wait for their dependents, or let them go, can leave. */
export function garbageCollector(store: ClusterStore): Controller {
  const findByUid = (uid: string) =>
    STORED_TYPES.flatMap(({ kind }) => store.list(kind)).find(
      ({ metadata }) => metadata.uid === uid,
    );
  const findDependents = (uid: string) =>
    STORED_TYPES.flatMap(({ kind }) => store.list(kind)).filter(
      ({ metadata }) => metadata.ownerReferences?.some(o => o.uid === uid),
    );
  // A change concerns the object and its owners. What has none, and stays, is no concern of this controller.
  const keysOf: Controller['wakesOn'][string] = ({ metadata }, change) => {
    const owners = (metadata.ownerReferences ?? []).map(({ uid }) => uid);
    return owners.length || metadata.finalizers?.length || change === 'DELETED'
      ? [...owners, metadata.uid]
      : [];
  };

  return {
    name: 'garbage-collector',
    wakesOn: Object.fromEntries(STORED_TYPES.map(({ kind }) => [kind, keysOf])),
    reconcile(uid) {
      const object = findByUid(uid);
      const dependents = findDependents(uid);
      if (object?.metadata.finalizers?.includes('orphan')) {
        dependents.forEach(dependent => letGo(store, dependent, uid));
        removeFinalizer(store, object, 'orphan');
      } else if (object?.metadata.finalizers?.includes('foregroundDeletion')) {
        const blocking = dependents.filter(
          ({ metadata }) =>
            metadata.ownerReferences?.find(o => o.uid === uid)
              ?.blockOwnerDeletion,
        );
        dependents.forEach(dependent => remove(store, dependent, 'Foreground'));
        if (blocking.length === 0) {
          removeFinalizer(store, object, 'foregroundDeletion');
        }
      }
      for (const candidate of object ? [object] : dependents) {
        if (hasLostItsOwners(candidate, findByUid)) {
          remove(store, candidate, 'Background');
        }
      }
    },
  };
}

function hasLostItsOwners(
  { metadata }: KubeObject,
  findByUid: (uid: string) => KubeObject | undefined,
): boolean {
  const owners = metadata.ownerReferences ?? [];
  return owners.length > 0 && owners.every(({ uid }) => !findByUid(uid));
}

function remove(
  store: ClusterStore,
  { kind, metadata }: KubeObject,
  propagationPolicy: 'Background' | 'Foreground',
): void {
  const { namespace, name, uid, deletionTimestamp } = metadata;
  // An earlier deletion in this round may have taken it along.
  if (
    !deletionTimestamp &&
    store.get(kind, namespace, name)?.metadata.uid === uid
  ) {
    store.delete(kind, namespace, name, { uid, propagationPolicy });
  }
}

function letGo(
  store: ClusterStore,
  { kind, metadata }: KubeObject,
  ownerUid: string,
): void {
  store.mutate(kind, metadata.namespace, metadata.name, stored => {
    const rest = stored.metadata.ownerReferences?.filter(
      ({ uid }) => uid !== ownerUid,
    );
    stored.metadata.ownerReferences = rest?.length ? rest : undefined;
  });
}

function removeFinalizer(
  store: ClusterStore,
  { kind, metadata }: KubeObject,
  finalizer: string,
): void {
  store.mutate(kind, metadata.namespace, metadata.name, stored => {
    const rest = stored.metadata.finalizers?.filter(f => f !== finalizer);
    stored.metadata.finalizers = rest?.length ? rest : undefined;
  });
}
