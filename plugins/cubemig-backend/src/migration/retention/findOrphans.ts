import { LABEL_MIGRATION, Migration } from '@cubemig/plugin-cubemig-common';
import { KubeJob, KubePod } from '../../clusters';

/** Whoever ended a migration may still be removing what it made. */
const GRACE_MS = 120_000;
/** Another Backstage may use the same cluster: what this one does not know may well be in use. */
const UNKNOWN_GRACE_MS = 24 * 3_600_000;

/** Pods that only help on the way, by what they call themselves. */
const HELPERS = ['cubemig-courier', 'cubemig-pre-pull'];

/**
 * Which Jobs and pods belong to no migration any more: a worker that had lost its lease may have made them after the end. A restored pod
 * is one only of a migration that was undone; of one that completed, or that is unknown, it serves somebody.
 *
 * @param migrations - those that the objects' labels name, as far as they are known
 */
export function findOrphans<T extends KubeJob | KubePod>(
  objects: readonly T[],
  migrations: ReadonlyMap<string, Migration>,
  now: number,
): T[] {
  return objects.filter(({ metadata }) => {
    const labels = metadata?.labels ?? {};
    // What has an owner goes with it.
    if (metadata?.ownerReferences?.length || metadata?.deletionTimestamp) {
      return false;
    }
    const isHelper = HELPERS.includes(labels['app.kubernetes.io/name'] ?? '');
    const migration = migrations.get(labels[LABEL_MIGRATION] ?? '');
    if (!migration) {
      const age = now - Date.parse(metadata?.creationTimestamp ?? '');
      return isHelper && age > UNKNOWN_GRACE_MS;
    }
    const { status, finishedAt } = migration;
    if (!finishedAt || now - Date.parse(finishedAt) < GRACE_MS) return false;
    return isHelper || status === 'failed' || status === 'cancelled';
  });
}
