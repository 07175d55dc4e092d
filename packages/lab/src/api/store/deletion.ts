import type { KubeObject } from '../ClusterStore';
import { behaviourOf } from '../kinds';
import type { ResourceType } from '../resources';
import { formatTime } from './names';

/** The finalizers by which the garbage collector learns what to do with an owner's dependents. */
const PROPAGATION_FINALIZERS = {
  Background: undefined,
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
};

export type PropagationPolicy = keyof typeof PROPAGATION_FINALIZERS;

/** Marks an object as being deleted, in place. */
export function markAsDeleted(
  { metadata }: KubeObject,
  graceSeconds: number,
  propagation: PropagationPolicy = 'Background',
): void {
  const finalizer = PROPAGATION_FINALIZERS[propagation];
  if (finalizer && !metadata.finalizers?.includes(finalizer)) {
    metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
  }
  // A second request can only shorten the time that is left.
  if (
    !metadata.deletionTimestamp ||
    graceSeconds < (metadata.deletionGracePeriodSeconds ?? 0)
  ) {
    metadata.deletionTimestamp = formatTime(Date.now() + graceSeconds * 1000);
    metadata.deletionGracePeriodSeconds = graceSeconds;
  }
}

/** Whether nothing holds an object that is marked as being deleted. */
export function isFreeToGo(type: ResourceType, object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } =
    object.metadata;
  return (
    deletionTimestamp !== undefined &&
    !deletionGracePeriodSeconds &&
    !finalizers?.length &&
    !behaviourOf(type).isHeld?.(object)
  );
}
