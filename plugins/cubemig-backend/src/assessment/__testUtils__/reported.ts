import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { CheckpointReport } from '@cubemig/plugin-cubemig-common';
import {
  createDatabase,
  createMigration,
} from '../../forensics/__testUtils__/reports';

/** Of the report below. */
export const key = { migration: 'm1', container: 'shop' };

/** A database with a migration that has a report. */
export async function createReported(
  databases: TestDatabases,
  id: TestDatabaseId,
  report: CheckpointReport,
) {
  const migration = createMigration(key.migration);
  const { knex, reports } = await createDatabase(databases, id, migration);
  const { cluster, namespace, pod } = migration.source;
  await reports.expect({
    ...key,
    subject: { cluster, namespace, pod },
    source: { repository: 'r', digest: 'd', image: 'i', bytes: 1 },
  });
  await reports.store(key, 1, report);
  return { migration, knex, reports };
}
