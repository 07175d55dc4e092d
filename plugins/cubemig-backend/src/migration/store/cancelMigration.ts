import { Migration } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { columnsOf, MigrationRow, toMigration } from './MigrationRow';

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
