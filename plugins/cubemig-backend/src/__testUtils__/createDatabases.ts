import { TestDatabases } from '@backstage/backend-test-utils';

/** SQLite; PostgreSQL too where a server is given: none can be started where there is no container engine. */
export function createDatabases() {
  return TestDatabases.create({
    ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
      ? ['SQLITE_3', 'POSTGRES_17']
      : ['SQLITE_3'],
  });
}
