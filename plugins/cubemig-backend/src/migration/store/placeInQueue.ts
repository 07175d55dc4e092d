import { Migration } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { arrangeQueue } from '../queue';
import { readContenders } from './leaseMigration';
import { toContender } from './MigrationRow';
import { StoreOptions } from './MigrationStore';

/** Tells those that wait where they stand, and why. */
export async function placeInQueue(
  knex: Knex,
  migrations: Migration[],
  { limits, concurrency }: StoreOptions,
): Promise<Migration[]> {
  if (migrations.every(({ status }) => status !== 'queued')) {
    return migrations;
  }
  const contenders = (await readContenders(knex)).map(toContender);
  const places = new Map(
    arrangeQueue(contenders, limits, concurrency).map(
      ({ id, position, waitsFor }) => [
        id,
        { queuePosition: position, waitsFor },
      ],
    ),
  );
  return migrations.map(migration =>
    migration.status === 'queued'
      ? { ...migration, ...places.get(migration.id) }
      : migration,
  );
}
