/** Metadata as Kubernetes stores it; only what the lab itself touches is named. */
export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object. The lab stores all kinds alike. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: any;
  status?: any;
  [field: string]: any;
}

/** An object to be created: the store adds what is missing. */
export interface ObjectDraft {
  apiVersion: string;
  kind: string;
  metadata?: Partial<ObjectMeta>;
  [field: string]: any;
}

export type WatchEvent = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
};

/**
 * One cluster's objects, as its own components (kubelets, controllers) use them inside the lab's process. Requests over HTTP
 * come to the same store through the API server. Objects that come out are the caller's own copies. What cannot be done is thrown as
 * `ApiError` with Kubernetes' status code and reason.
 */
export interface ClusterStore {
  get(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined;
  /** All objects of a kind; of one namespace where it is given. */
  list(kind: string, namespace?: string): KubeObject[];
  create(object: ObjectDraft): KubeObject;
  /**
   * Reads an object, lets `change` edit it in place and stores it if it differs. Returns what is stored then, or undefined
   * where no such object exists (any more). With `uid`, an object of that name but another uid counts as absent.
   */
  mutate(
    kind: string,
    namespace: string | undefined,
    name: string,
    change: (object: KubeObject) => void,
    options?: { uid?: string },
  ): KubeObject | undefined;
  /** Deletes as the API does: graceful for pods on a node (deletionTimestamp first), at once with gracePeriodSeconds 0. */
  delete(
    kind: string,
    namespace: string | undefined,
    name: string,
    options?: {
      uid?: string;
      gracePeriodSeconds?: number;
      propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
    },
  ): void;
  /** Calls back on every change of a kind from now on; returns how to stop. */
  subscribe(kind: string, onEvent: (event: WatchEvent) => void): () => void;
}
