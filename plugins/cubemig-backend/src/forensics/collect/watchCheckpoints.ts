import { Migration } from '@cubemig/plugin-cubemig-common';
import { MigrationStore } from '../../migration';

const MAX_REMEMBERED = 1_000;

/** The store, telling of every migration whose checkpoints have come to the registry: once in this replica, more often in several. */
export function watchCheckpoints(
  store: MigrationStore,
  tell: (migration: Migration) => void,
): MigrationStore {
  const told = new Set<string>();
  const watched: Pick<MigrationStore, 'save'> = {
    async save(lease, migration, facts) {
      await store.save(lease, migration, facts);
      if (migration.checkpoints.length === 0 || told.has(migration.id)) return;
      if (told.size >= MAX_REMEMBERED) told.clear();
      told.add(migration.id);
      tell(migration);
    },
  };
  return Object.assign(Object.create(store) as MigrationStore, watched);
}
