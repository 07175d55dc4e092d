import type { StatusCause } from '../ApiError';
import type { ClusterStore, KubeObject } from '../ClusterStore';

/** What is special about a kind when it is written. Everything is optional: most kinds are merely stored. */
export interface KindBehaviour {
  /** Fills in what was left out, as the API server does on create and update. */
  applyDefaults?(object: KubeObject): void;
  /** What is wrong with an object, in Kubernetes' words. */
  validate?(object: KubeObject): StatusCause[];
  /** What an update over the API may not change. */
  validateUpdate?(next: KubeObject, previous: KubeObject): StatusCause[];
  /** Completes a new object with what the rest of the cluster knows; may refuse it. */
  admit?(object: KubeObject, store: ClusterStore): void;
  /** Brings fields in line that follow from others, at each write. */
  derive?(object: KubeObject, now: string): void;
  /** How many seconds an object stays, marked as being deleted, until its node confirms that it is gone. */
  graceSeconds?(object: KubeObject, requested?: number): number;
  /** Whether something other than `metadata.finalizers` keeps an object from going. */
  isHeld?(object: KubeObject): boolean;
}
