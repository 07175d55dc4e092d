import { Migration } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { databaseClock } from './databaseClock';
import { columnsOf, MigrationRow, toMigration } from './MigrationRow';

/** How long telling of an end may take, in milliseconds. */
const TELLING_MS = 15_000;

/** See `MigrationStore.cancel`. */
export async function cancelMigration(
  knex: Knex,
  id: string,
  by: string,
): Promise<boolean> {
  return knex.transaction(async transaction => {
    const row = await transaction<MigrationRow>('migrations')
      .where({ id })
      .forUpdate()
      .first();
    if (!row || row.is_source_stopping) return false;
    if (row.status === 'running') {
      if (!row.cancelled_by) {
        await transaction('migrations')
          .where({ id })
          .update({ cancelled_by: by });
      }
      return true;
    }
    if (row.status !== 'queued') return false;
    const time = new Date().toISOString();
    await transaction('migrations')
      .where({ id })
      .update({
        ...columnsOf(endInQueue(toMigration(row), time)),
        cancelled_by: by,
        active_pod: null,
        // Whoever cancels it tells; should that come to nothing, a worker does.
        is_end_untold: true,
        lease_until: databaseClock(transaction, TELLING_MS),
      });
    await transaction('migration_events').insert({
      migration_id: id,
      sequence: 1,
      time,
      level: 'info',
      message: `Cancelled by ${by} before it began`,
    });
    return true;
  });
}

function endInQueue(migration: Migration, finishedAt: string): Migration {
  return {
    ...migration,
    status: 'cancelled',
    finishedAt,
    steps: migration.steps.map(step => ({ ...step, status: 'skipped' })),
  };
}
