import { conflict } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import type { ResourceType } from '../resources';
import type { DeleteOptions } from './ObjectStore';

/** Refuses an update that was made for another object of that name, or for an older version. */
export function requireUpdatePreconditions(
  type: ResourceType,
  { metadata: stored }: KubeObject,
  { metadata }: KubeObject,
): void {
  const { name, uid, resourceVersion } = metadata;
  if (uid && uid !== stored.uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== stored.resourceVersion) {
    throw conflict(
      type,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
}

/** Refuses a deletion that is meant for another object of that name, or for another version. */
export function requireDeletePreconditions(
  type: ResourceType,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid && uid !== metadata.uid) {
    throw conflict(
      type,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      type,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}
