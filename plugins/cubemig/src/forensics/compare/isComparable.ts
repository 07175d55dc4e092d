import { Migration } from '@cubemig/plugin-cubemig-common';

/** Whether another migration has a report of the same workload's container. */
export function isComparable(
  other: Migration,
  migration: Migration,
  container: string,
): boolean {
  const { owner, pod } = migration.source;
  const isSameWorkload = owner
    ? other.source.owner?.kind === owner.kind &&
      other.source.owner.name === owner.name
    : other.source.pod === pod;
  return (
    other.id !== migration.id &&
    isSameWorkload &&
    other.checkpoints.some(c => c.container === container && c.report)
  );
}
