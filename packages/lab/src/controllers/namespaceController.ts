import type { ClusterStore } from '../api/ClusterStore';
import { STORED_TYPES } from '../api/resources';
import type { Controller } from './Controller';

type Wakes = Controller['wakesOn'][string];

const NAMESPACED_KINDS = STORED_TYPES.filter(
  ({ namespaced }) => namespaced,
).map(({ kind }) => kind);

/** Gives each namespace what every namespace has, and empties one that is being deleted. */
export function namespaceController(
  store: ClusterStore,
  caPem: string,
): Controller {
  return {
    name: 'namespace-controller',
    wakesOn: {
      Namespace: ({ metadata }) => [metadata.name],
      ...Object.fromEntries(
        NAMESPACED_KINDS.map((kind): [string, Wakes] => [
          kind,
          ({ metadata }, change) =>
            change === 'DELETED' ? [metadata.namespace!] : [],
        ]),
      ),
    },
    reconcile(name) {
      const namespace = store.get('Namespace', undefined, name);
      if (!namespace) {
        return;
      }
      if (namespace.metadata.deletionTimestamp) {
        emptyNamespace(store, name);
      } else {
        completeNamespace(store, name, caPem);
      }
    },
  };
}

function completeNamespace(
  store: ClusterStore,
  namespace: string,
  caPem: string,
): void {
  const ensure = (kind: string, name: string, content: object) => {
    if (!store.get(kind, namespace, name)) {
      store.create({
        apiVersion: 'v1',
        kind,
        metadata: { name, namespace },
        ...content,
      });
    }
  };
  ensure('ServiceAccount', 'default', {});
  ensure('ConfigMap', 'kube-root-ca.crt', { data: { 'ca.crt': caPem } });
}

function emptyNamespace(store: ClusterStore, namespace: string): void {
  const rest = NAMESPACED_KINDS.flatMap(kind => store.list(kind, namespace));
  for (const { kind, metadata } of rest) {
    if (!metadata.deletionTimestamp) {
      store.delete(kind, namespace, metadata.name, { uid: metadata.uid });
    }
  }
  if (rest.length === 0) {
    store.mutate('Namespace', undefined, namespace, stored => {
      stored.spec.finalizers = [];
    });
  }
}
