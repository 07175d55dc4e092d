import { randomUUID } from 'node:crypto';
import { badRequest } from '../ApiError';
import type { KubeObject, ObjectDraft } from '../ClusterStore';
import { apiVersionOf, type ResourceType } from '../resources';
import { withoutUndefined } from './equality';
import { formatTime, generateName } from './names';

/** A new object with the metadata that only the server gives. */
export function completeDraft(
  type: ResourceType,
  draft: ObjectDraft,
): KubeObject {
  const { apiVersion: _, kind: __, metadata, ...rest } = draft;
  const {
    resourceVersion,
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _deletionGracePeriodSeconds,
    namespace,
    ...given
  } = metadata ?? {};
  if (resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  return structuredClone(
    withoutUndefined({
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: {
        ...given,
        name:
          given.name ||
          (given.generateName ? generateName(given.generateName) : ''),
        namespace: type.namespaced ? namespace : undefined,
        uid: randomUUID(),
        resourceVersion: '',
        generation: type.countsGenerations ? 1 : undefined,
        creationTimestamp: formatTime(),
      },
      ...rest,
      status: type.subresources.includes('status')
        ? rest.status ?? {}
        : rest.status,
    }),
  );
}
