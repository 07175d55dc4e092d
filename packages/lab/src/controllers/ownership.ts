import type {
  ClusterStore,
  KubeObject,
  OwnerReference,
} from '../api/ClusterStore';
import { matchesSelector } from '../api/selectors';

/** Who controls an object: at most one of its owners does. */
export function controllerOf({
  metadata,
}: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}

export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

export function controllerReference(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/**
 * The candidates that a workload controls, after orphans that match its selector were adopted and those that no longer match were
 * released (k8s.io/kubernetes, pkg/controller, ControllerRefManager).
 */
export function claim(
  store: ClusterStore,
  owner: KubeObject,
  candidates: KubeObject[],
): KubeObject[] {
  return candidates.flatMap(candidate => {
    const { kind, metadata } = candidate;
    const { name, namespace, uid } = metadata;
    const matches = matchesSelector(owner.spec.selector, metadata.labels);
    const controller = controllerOf(candidate);
    if (controller) {
      if (controller.uid !== owner.metadata.uid) {
        return [];
      }
      if (matches || owner.metadata.deletionTimestamp) {
        return matches ? [candidate] : [];
      }
      store.mutate(kind, namespace, name, stored => release(stored, owner), {
        uid,
      });
      return [];
    }
    if (
      !matches ||
      owner.metadata.deletionTimestamp ||
      metadata.deletionTimestamp
    ) {
      return [];
    }
    const adopted = store.mutate(
      kind,
      namespace,
      name,
      stored => {
        stored.metadata.ownerReferences = [
          ...(stored.metadata.ownerReferences ?? []),
          controllerReference(owner),
        ];
      },
      { uid },
    );
    return adopted ? [adopted] : [];
  });
}

function release({ metadata }: KubeObject, owner: KubeObject): void {
  const rest = metadata.ownerReferences?.filter(
    ({ uid }) => uid !== owner.metadata.uid,
  );
  metadata.ownerReferences = rest?.length ? rest : undefined;
}
