import type {
  CoreV1Event,
  V1ConfigMap,
  V1Deployment,
  V1Job,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PriorityClass,
  V1ReplicaSet,
  V1RuntimeClass,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1StatefulSet,
  V1StorageClass,
  V2HorizontalPodAutoscaler,
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
export type KubeStatefulSet = Wire<V1StatefulSet>;
export type KubeConfigMap = Wire<V1ConfigMap>;
export type KubeSecret = Wire<V1Secret>;
export type KubeNetworkPolicy = Wire<V1NetworkPolicy>;
export type KubeVolume = NonNullable<
  NonNullable<KubePod['spec']>['volumes']
>[number];
/** A workload whose pods can move. */
export type KubeWorkload =
  | KubeDeployment
  | KubeReplicaSet
  | KubeStatefulSet
  | KubeJob;
/** A kind of which nothing but its frame is known here, such as Istio's. */
export interface KubeRoute {
  metadata?: KubePod['metadata'];
  spec?: object;
}
export type KubeContainer = NonNullable<KubePod['spec']>['containers'][number];

/** The kinds that CubeMig reads or changes. */
export interface Kinds {
  ConfigMap: KubeConfigMap;
  Deployment: KubeDeployment;
  DestinationRule: KubeRoute;
  Event: KubeEvent;
  HorizontalPodAutoscaler: Wire<V2HorizontalPodAutoscaler>;
  HTTPRoute: KubeRoute;
  Job: KubeJob;
  Namespace: Wire<V1Namespace>;
  NetworkPolicy: KubeNetworkPolicy;
  Node: KubeNode;
  PersistentVolumeClaim: Wire<V1PersistentVolumeClaim>;
  Pod: KubePod;
  PodDisruptionBudget: Wire<V1PodDisruptionBudget>;
  PriorityClass: Wire<V1PriorityClass>;
  ReplicaSet: KubeReplicaSet;
  RuntimeClass: Wire<V1RuntimeClass>;
  Secret: KubeSecret;
  Service: Wire<V1Service>;
  ServiceAccount: Wire<V1ServiceAccount>;
  StatefulSet: KubeStatefulSet;
  StorageClass: Wire<V1StorageClass>;
  VirtualService: KubeRoute;
}
export type Kind = keyof Kinds;

/** Where the API server serves each kind. */
export const kinds: Record<Kind, { apiVersion: string; plural: string }> = {
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps' },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  DestinationRule: {
    apiVersion: 'networking.istio.io/v1',
    plural: 'destinationrules',
  },
  Event: { apiVersion: 'v1', plural: 'events' },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    plural: 'horizontalpodautoscalers',
  },
  HTTPRoute: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    plural: 'httproutes',
  },
  Job: { apiVersion: 'batch/v1', plural: 'jobs' },
  Namespace: { apiVersion: 'v1', plural: 'namespaces' },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    plural: 'networkpolicies',
  },
  Node: { apiVersion: 'v1', plural: 'nodes' },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    plural: 'persistentvolumeclaims',
  },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    plural: 'poddisruptionbudgets',
  },
  PriorityClass: {
    apiVersion: 'scheduling.k8s.io/v1',
    plural: 'priorityclasses',
  },
  ReplicaSet: { apiVersion: 'apps/v1', plural: 'replicasets' },
  RuntimeClass: { apiVersion: 'node.k8s.io/v1', plural: 'runtimeclasses' },
  Secret: { apiVersion: 'v1', plural: 'secrets' },
  Service: { apiVersion: 'v1', plural: 'services' },
  ServiceAccount: { apiVersion: 'v1', plural: 'serviceaccounts' },
  StatefulSet: { apiVersion: 'apps/v1', plural: 'statefulsets' },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', plural: 'storageclasses' },
  VirtualService: {
    apiVersion: 'networking.istio.io/v1',
    plural: 'virtualservices',
  },
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
