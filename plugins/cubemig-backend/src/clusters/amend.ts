import { isRefusal } from './ClusterApiError';
import { ClusterClient } from './ClusterClient';
import { Kind, Kinds, ObjectKey } from './kinds';

const ATTEMPTS = 8;

/**
 * Changes an object that others change too: reads it, asks for a merge patch and applies it only to what was read; if
 * somebody was faster, once more from the start. With `uid`, an object that took the name since counts as absent.
 *
 * Resolves to the object as it is then, or undefined where there is none. No patch (undefined) leaves it as it is.
 */
export async function amend<K extends Kind>(
  client: ClusterClient,
  kind: K,
  key: ObjectKey & { uid?: string },
  change: (object: Kinds[K]) => object | undefined,
  options: { subresource?: 'status' } = {},
): Promise<Kinds[K] | undefined> {
  for (let attempt = 1; ; attempt++) {
    const object = await client.get(kind, key);
    if (!object || (key.uid && object.metadata?.uid !== key.uid)) {
      return undefined;
    }
    const patch = change(object) as { metadata?: object } | undefined;
    if (!patch) return object;
    const { resourceVersion } = object.metadata ?? {};
    try {
      return await client.patch(
        kind,
        key,
        { ...patch, metadata: { ...patch.metadata, resourceVersion } },
        options,
      );
    } catch (error) {
      if (isRefusal(error, 'NotFound')) return undefined;
      if (!isRefusal(error, 'Conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}
