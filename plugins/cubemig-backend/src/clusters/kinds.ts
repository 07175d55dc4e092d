import type {
  CoreV1Event,
  V1ConfigMap,
  V1Deployment,
  V1Job,
  V1Namespace,
  V1Node,
  V1PersistentVolumeClaim,
  V1Pod,
  V1ReplicaSet,
  V1Secret,
  V1ServiceAccount,
} from '@kubernetes/client-node';

/** A Kubernetes type as it travels: times are strings, nothing is renamed or dropped. */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer Item)[]
  ? Wire<Item>[]
  : T extends object
  ? { [Field in keyof T]: Wire<T[Field]> }
  : T;

export type KubePod = Wire<V1Pod>;
export type KubeNode = Wire<V1Node>;
export type KubeEvent = Wire<CoreV1Event>;
export type KubeJob = Wire<V1Job>;
export type KubeDeployment = Wire<V1Deployment>;
export type KubeReplicaSet = Wire<V1ReplicaSet>;
export type KubeContainer = NonNullable<KubePod['spec']>['containers'][number];

/** The kinds that CubeMig reads or changes. */
export interface Kinds {
  ConfigMap: Wire<V1ConfigMap>;
  Deployment: KubeDeployment;
  Event: KubeEvent;
  Job: KubeJob;
  Namespace: Wire<V1Namespace>;
  Node: KubeNode;
  PersistentVolumeClaim: Wire<V1PersistentVolumeClaim>;
  Pod: KubePod;
  ReplicaSet: KubeReplicaSet;
  Secret: Wire<V1Secret>;
  ServiceAccount: Wire<V1ServiceAccount>;
}
export type Kind = keyof Kinds;

/** Where the API server serves each kind. */
export const kinds: Record<Kind, { apiVersion: string; plural: string }> = {
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps' },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  Event: { apiVersion: 'v1', plural: 'events' },
  Job: { apiVersion: 'batch/v1', plural: 'jobs' },
  Namespace: { apiVersion: 'v1', plural: 'namespaces' },
  Node: { apiVersion: 'v1', plural: 'nodes' },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    plural: 'persistentvolumeclaims',
  },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  ReplicaSet: { apiVersion: 'apps/v1', plural: 'replicasets' },
  Secret: { apiVersion: 'v1', plural: 'secrets' },
  ServiceAccount: { apiVersion: 'v1', plural: 'serviceaccounts' },
};

/** Names one object of a cluster. */
export interface ObjectKey {
  /** Absent for kinds that live outside namespaces, such as Node. */
  namespace?: string;
  name: string;
}

/** The path of a kind's collection, or of one object. */
export function pathOf(
  kind: Kind,
  key: { namespace?: string; name?: string },
): string {
  const { apiVersion, plural } = kinds[kind];
  return [
    apiVersion.includes('/') ? '/apis' : '/api',
    apiVersion,
    ...(key.namespace ? ['namespaces', encodeURIComponent(key.namespace)] : []),
    plural,
    ...(key.name ? [encodeURIComponent(key.name)] : []),
  ].join('/');
}
