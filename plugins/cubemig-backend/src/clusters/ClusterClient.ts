import { Kind, Kinds, ObjectKey } from './kinds';

export interface Selection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
}

export interface DeleteOptions {
  /** Delete only the object that has this uid. */
  uid?: string;
  /** Delete only the object as it was at this version. */
  resourceVersion?: string;
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

/**
 * What CubeMig asks of one cluster's API server. Objects are the API's own JSON: a field that this code has never heard of
 * survives being read from one cluster and written to another. Refusals are thrown as `ClusterApiError`.
 */
export interface ClusterClient {
  /** The name the cluster has in Backstage's Kubernetes config. */
  readonly cluster: string;
  /** The Kubernetes version, for example `v1.36.2`. */
  getVersion(): Promise<string>;
  /** Undefined where no such object exists. */
  get<K extends Kind>(kind: K, key: ObjectKey): Promise<Kinds[K] | undefined>;
  /** Whether an object exists; what is in it stays in the cluster. */
  exists(kind: Kind, key: ObjectKey): Promise<boolean>;
  list<K extends Kind>(kind: K, selection?: Selection): Promise<Kinds[K][]>;
  create<K extends Kind>(kind: K, object: Kinds[K]): Promise<Kinds[K]>;
  /**
   * A JSON merge patch, or a JSON patch where it is an array. With `metadata.resourceVersion` in it, a merge patch fails with `Conflict`
   * if the object has changed since.
   */
  patch<K extends Kind>(
    kind: K,
    key: ObjectKey,
    patch: object,
    options?: { subresource?: 'status' },
  ): Promise<Kinds[K]>;
  /** Resolves to whether there was such an object; a mismatch with `uid` or `resourceVersion` counts as absent. */
  delete(kind: Kind, key: ObjectKey, options?: DeleteOptions): Promise<boolean>;
  /** All objects of a selection, and then every change, until the signal aborts or the server ends the watch. */
  watch<K extends Kind>(
    kind: K,
    selection: Selection,
    signal: AbortSignal,
  ): AsyncIterable<
    WatchEvent<Kinds[K]> | { type: 'LISTED'; objects: Kinds[K][] }
  >;
  /** A container's log from its start, line by line, while the container runs; what is cut on the way is taken up again. */
  followLog(
    key: Required<ObjectKey> & { container: string },
    signal: AbortSignal,
  ): AsyncIterable<string>;
}
