import { badRequest, forbidden, notFound } from '../ApiError';
import type { ClusterStore, ObjectMeta } from '../ClusterStore';
import { typeOfKind, type ResourceType } from '../resources';

/** Refuses a new object whose namespace is not there or is going away. */
export function requireOpenNamespace(
  store: ClusterStore,
  type: ResourceType,
  { name, namespace }: ObjectMeta,
): void {
  if (!type.namespaced) {
    return;
  }
  if (!namespace) {
    throw badRequest('the namespace of the object is missing');
  }
  const found = store.get('Namespace', undefined, namespace);
  if (!found) {
    throw notFound(typeOfKind('Namespace'), namespace);
  }
  if (found.metadata.deletionTimestamp) {
    const message = `namespace ${namespace} is being terminated`;
    throw forbidden(
      type,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message,
          field: 'metadata.namespace',
        },
      ],
    );
  }
}
