import type {
  ClusterStore,
  KubeObject,
  ObjectDraft,
} from '../../api/ClusterStore';
import { matchesSelector } from '../../api/selectors';
import { keyOf, splitKey, type Controller } from '../Controller';
import { isControlledBy } from '../ownership';
import {
  SLICE_MANAGER,
  buildEndpoints,
  buildSlice,
  findEndpoints,
} from './describeEndpoints';

/** Tells which pods a service's traffic goes to, by their readiness: as EndpointSlice and as Endpoints. */
export function endpointsController(store: ClusterStore): Controller {
  return {
    name: 'endpointslice-controller',
    wakesOn: {
      Service: service => [keyOf(service)],
      // A pod that leaves a service by its labels is found in what is told of the service so far.
      Pod: pod =>
        store
          .list('Service', pod.metadata.namespace)
          .filter(service => isConcerned(store, service, pod))
          .map(keyOf),
    },
    reconcile(key) {
      const service = store.get('Service', ...splitKey(key));
      if (!service) {
        const [namespace, name] = splitKey(key);
        if (store.get('Endpoints', namespace, name)) {
          store.delete('Endpoints', namespace, name);
        }
        return;
      }
      // Without a selector somebody else says where the traffic goes.
      if (!service.spec.selector || service.metadata.deletionTimestamp) {
        return;
      }
      const pods = store
        .list('Pod', service.metadata.namespace)
        .filter(pod => isSelected(service, pod));
      const endpoints = findEndpoints(service, pods);
      const slice = buildSlice(service, endpoints);
      const known = findSlice(store, service);
      put(store, slice, known?.metadata.name, ['endpoints', 'ports']);
      const older = buildEndpoints(service, endpoints);
      const { namespace, name } = service.metadata;
      const isKnown = store.get('Endpoints', namespace, name);
      put(store, older, isKnown && name, ['subsets']);
    },
  };
}

function isSelected({ spec }: KubeObject, { metadata }: KubeObject): boolean {
  return matchesSelector({ matchLabels: spec.selector }, metadata.labels);
}

function isConcerned(
  store: ClusterStore,
  service: KubeObject,
  pod: KubeObject,
): boolean {
  if (!service.spec.selector) {
    return false;
  }
  return (
    isSelected(service, pod) ||
    (findSlice(store, service)?.endpoints ?? []).some(
      ({ targetRef }: any) => targetRef?.uid === pod.metadata.uid,
    )
  );
}

function findSlice(store: ClusterStore, service: KubeObject) {
  return store
    .list('EndpointSlice', service.metadata.namespace)
    .find(
      slice =>
        isControlledBy(slice, service) &&
        slice.metadata.labels?.['endpointslice.kubernetes.io/managed-by'] ===
          SLICE_MANAGER,
    );
}

/** Stores an object anew, or brings its labels and `fields` up to date where it is known. */
function put(
  store: ClusterStore,
  draft: ObjectDraft,
  knownName: string | undefined,
  fields: string[],
): void {
  if (!knownName) {
    store.create(draft);
    return;
  }
  store.mutate(draft.kind, draft.metadata!.namespace, knownName, stored => {
    stored.metadata.labels = draft.metadata!.labels;
    fields.forEach(field => {
      stored[field] = draft[field];
    });
  });
}
