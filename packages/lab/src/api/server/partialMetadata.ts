import type { KubeObject } from '../ClusterStore';

/** An object without all but its metadata. */
export function toPartialMetadata({ metadata }: KubeObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
  };
}
