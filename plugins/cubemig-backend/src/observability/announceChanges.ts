import { MigrationStore } from '../migration';

/** The store, telling of every migration that it has changed. */
export function announceChanges(
  store: MigrationStore,
  tell: (id: string) => void,
): MigrationStore {
  async function told<T>(id: string, change: Promise<T>): Promise<T> {
    const result = await change;
    tell(id);
    return result;
  }
  const announced: Partial<MigrationStore> = {
    add: (migration, facts) => told(migration.id, store.add(migration, facts)),
    save: (lease, migration, facts) =>
      told(migration.id, store.save(lease, migration, facts)),
    addEvent: (lease, event) =>
      told(lease.migration, store.addEvent(lease, event)),
    cancel: (id, by) => told(id, store.cancel(id, by)),
    hold: (id, by) => told(id, store.hold(id, by)),
  };
  return Object.assign(Object.create(store) as MigrationStore, announced);
}
