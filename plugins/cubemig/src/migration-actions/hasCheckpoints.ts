import { Migration } from '@cubemig/plugin-cubemig-common';

/** Its checkpoints are in the registry still. */
export function hasCheckpoints(migration: Migration): boolean {
  return migration.checkpoints.length > 0 && !migration.checkpointsRemoved;
}
