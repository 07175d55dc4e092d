import { Migration } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { arrangeQueue, Limits } from '../queue';
import { databaseClock, isPostgres } from './databaseClock';
import {
  contenderColumns,
  MigrationRow,
  OVER,
  toContender,
  toMigration,
} from './MigrationRow';
import { LeasedMigration } from './MigrationStore';

interface Wish {
  holder: string;
  milliseconds: number;
}

/** Takes over a migration that has begun and that nobody holds any more, the oldest first. */
export async function leaseAbandoned(
  knex: Knex,
  wish: Wish,
): Promise<LeasedMigration | undefined> {
  return knex.transaction(async transaction => {
    const row = await findHeldByNobody(transaction, found =>
      found.whereNotIn('status', [...OVER, 'queued']),
    );
    return row && take(transaction, row, wish);
  });
}

/** See `MigrationStore.takeUntold`. */
export async function takeUntold(
  knex: Knex,
  { holder, milliseconds }: Wish,
): Promise<Migration | undefined> {
  return knex.transaction(async transaction => {
    const row = await findHeldByNobody(transaction, found =>
      found.where('is_end_untold', true),
    );
    if (!row) return undefined;
    await transaction('migrations')
      .where({ id: row.id })
      .update({
        lease_holder: holder,
        lease_until: databaseClock(transaction, milliseconds),
      });
    return toMigration(row);
  });
}

async function findHeldByNobody(
  transaction: Knex.Transaction,
  select: (found: Knex.QueryBuilder) => void,
): Promise<MigrationRow | undefined> {
  const found = transaction<MigrationRow>('migrations')
    .where(nobody =>
      nobody
        .whereNull('lease_until')
        .orWhere('lease_until', '<', databaseClock(transaction)),
    )
    .orderBy('created_at')
    .limit(1);
  select(found);
  // Workers that look at the same time each find another one. SQLite has one writer at a time anyway.
  if (isPostgres(transaction)) found.forUpdate().skipLocked();
  const [row] = await found.select();
  return row as MigrationRow | undefined;
}

/** Lets the next migration of the queue begin, if the limits allow one. */
export async function leaseQueued(
  knex: Knex,
  wish: Wish,
  limits: Limits,
): Promise<LeasedMigration | undefined> {
  return knex.transaction(async transaction => {
    // Two workers that decide at the same time could exceed the limits together.
    await transaction('migration_turn').forUpdate().select();
    const contenders = (await readContenders(transaction)).map(toContender);
    const next = arrangeQueue(contenders, limits).find(
      ({ waitsFor }) => waitsFor === undefined,
    );
    if (!next) return undefined;
    const row = await transaction<MigrationRow>('migrations')
      .where({ id: next.id, status: 'queued' })
      .forUpdate()
      .first();
    // It was cancelled in this very moment; the next look finds another.
    return row && take(transaction, row as MigrationRow, wish);
  });
}

/** All migrations that are not over, as far as the queue is concerned. */
export async function readContenders(knex: Knex) {
  return knex<MigrationRow>('migrations')
    .whereIn('status', ['queued', 'running', 'undoing'])
    .select(...contenderColumns);
}

async function take(
  transaction: Knex.Transaction,
  row: MigrationRow,
  { holder, milliseconds }: Wish,
): Promise<LeasedMigration> {
  const epoch = row.lease_epoch + 1;
  const stored = JSON.parse(row.migration) as Migration;
  const migration: Migration =
    stored.status === 'queued'
      ? { ...stored, status: 'running', startedAt: new Date().toISOString() }
      : stored;
  await transaction('migrations')
    .where({ id: row.id })
    .update({
      status: migration.status,
      migration: JSON.stringify(migration),
      lease_holder: holder,
      lease_until: databaseClock(transaction, milliseconds),
      lease_epoch: epoch,
    });
  return {
    lease: { migration: row.id, holder, epoch },
    migration: toMigration({ ...row, migration: JSON.stringify(migration) }),
    facts: JSON.parse(row.facts),
  };
}
