import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  Migration,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { DatabaseMigrationStore } from '../DatabaseMigrationStore';
import { StoreOptions } from '../MigrationStore';

/** SQLite; PostgreSQL too where a server is given: none can be started where there is no container engine. */
export function createDatabases() {
  return TestDatabases.create({
    ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
      ? ['SQLITE_3', 'POSTGRES_17']
      : ['SQLITE_3'],
  });
}

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
  return {
    id,
    mode: 'move',
    status: 'queued',
    trigger: { kind: 'user' },
    attempt: 1,
    order: migrationRequestSchema.parse({
      sourceCluster: 'c1',
      targetCluster: 'c2',
      namespace: 'demo',
      pod: `pod-${id}`,
    }),
    createdBy: 'user:default/guest',
    createdAt: `2026-11-23T00:00:0${id.length}.000Z`,
    source: { cluster: 'c1', namespace: 'demo', pod: `pod-${id}` },
    target: { cluster: 'c2', namespace: 'demo', pod: `pod-${id}` },
    steps: [],
    checkpoints: [],
    warnings: [],
    ...change,
  };
}
