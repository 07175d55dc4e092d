import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { sampleMigration } from '../../../__testUtils__/sampleMigration';
import { DatabaseMigrationStore } from '../DatabaseMigrationStore';
import { StoreOptions } from '../MigrationStore';

export async function createStore(
  databases: TestDatabases,
  id: Parameters<TestDatabases['init']>[0],
  options?: StoreOptions,
) {
  const knex = await databases.init(id);
  const database = mockServices.database({ knex });
  return DatabaseMigrationStore.create(database, options);
}

/** A migration of a pod of its own; the longer its id, the younger it is. */
export function migration(
  id: string,
  change: Partial<Migration> = {},
): Migration {
  return sampleMigration(`pod-${id}`, {
    id,
    createdAt: `2026-11-23T00:00:0${id.length}.000Z`,
    ...change,
  });
}
