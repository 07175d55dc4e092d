import { applyPatch as applyJsonPatch, type Operation } from 'fast-json-patch';
import { ApiError, badRequest } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { applyStrategicMergePatch } from './strategicMerge';

export const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** Applies a patch of one of Kubernetes' media types; the object is not changed. */
export function applyPatch(
  object: KubeObject,
  mediaType: string,
  patch: any,
): KubeObject {
  switch (mediaType) {
    case PATCH_TYPES.json:
      return applyOperations(object, patch);
    case PATCH_TYPES.merge:
      return applyMergePatch(object, patch) as KubeObject;
    // Who applied which field is not tracked: what a later apply leaves out stays as it is.
    case PATCH_TYPES.apply:
    case PATCH_TYPES.strategic:
      return applyStrategicMergePatch(object, patch) as KubeObject;
    default:
      throw unknownPatchType(Object.values(PATCH_TYPES));
  }
}

export function unknownPatchType(accepted: string[]): ApiError {
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}

function applyOperations(object: KubeObject, operations: unknown): KubeObject {
  if (!Array.isArray(operations)) {
    throw badRequest('error decoding patch: a list of operations is expected');
  }
  try {
    return applyJsonPatch(
      structuredClone(object),
      operations as Operation[],
      true,
    ).newDocument;
  } catch {
    // The API server says no more than this either.
    throw new ApiError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    );
  }
}

/** RFC 7396. */
function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target)
      ? { ...target }
      : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = applyMergePatch(result[key], value);
    }
  }
  return result;
}
