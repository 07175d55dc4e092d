import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Migration,
  MigrationStatus,
  migrationStatuses,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { noLimits } from '../queue';
import { cancelMigration } from './cancelMigration';
import { databaseClock } from './databaseClock';
import { leaseAbandoned, leaseQueued, takeUntold } from './leaseMigration';
import { listMigrations } from './listMigrations';
import { MigrationFacts } from './MigrationFacts';
import {
  columnsOf,
  EventRow,
  keyOfPod,
  MigrationRow,
  ObjectRow,
  OVER,
  toMigration,
} from './MigrationRow';
import {
  CancelledError,
  Lease,
  LeasedMigration,
  LeaseLostError,
  MadeObject,
  MigrationQuery,
  MigrationStore,
  StoreOptions,
} from './MigrationStore';
import { placeInQueue } from './placeInQueue';
import { RetentionStore } from './RetentionStore';

/** Keeps migrations in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseMigrationStore implements MigrationStore {
  static async create(
    database: DatabaseService,
    options: StoreOptions = { limits: noLimits },
  ) {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@cubemig/plugin-cubemig-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseMigrationStore(knex, options);
  }

  private constructor(
    private readonly knex: Knex,
    private readonly options: StoreOptions,
  ) {
    this.retention = new RetentionStore(knex);
  }

  /** What retention needs of the same database. */
  readonly retention: RetentionStore;

  async add(migration: Migration, facts: MigrationFacts = {}) {
    const activePod = keyOfPod(migration);
    const added = await this.migrations()
      .insert({
        id: migration.id,
        ...columnsOf(migration),
        active_pod: activePod,
        facts: JSON.stringify(facts),
        lease_epoch: 0,
      })
      .onConflict('active_pod')
      .ignore()
      .returning('id');
    if (added.length > 0) return;
    const other = await this.migrations()
      .where({ active_pod: activePod })
      .first('id');
    throw new ConflictError(
      `pod: '${migration.source.pod}' is being migrated already (migration ${
        other?.id ?? 'just ended'
      }); wait for it to end`,
    );
  }

  async get(id: string) {
    const row = await this.migrations()
      .where({ id })
      .first('migration', 'cancelled_by', 'held_by');
    return (
      row &&
      (await placeInQueue(this.knex, [toMigration(row)], this.options))[0]
    );
  }

  async getFacts(id: string) {
    const row = await this.migrations().where({ id }).first('facts');
    return row && (JSON.parse(row.facts) as MigrationFacts);
  }

  async list(query: MigrationQuery) {
    const page = await listMigrations(this.knex, query);
    return {
      ...page,
      items: await placeInQueue(this.knex, page.items, this.options),
    };
  }

  async countByStatus() {
    const rows: { status: MigrationStatus; count: number }[] = await this.knex(
      'migrations',
    )
      .groupBy('status')
      .select('status')
      .count({ count: '*' });
    return Object.fromEntries(
      migrationStatuses.map(status => [
        status,
        Number(rows.find(row => row.status === status)?.count ?? 0),
      ]),
    ) as Record<MigrationStatus, number>;
  }

  async listEvents(id: string, after = 0): Promise<TimelineEvent[]> {
    const rows = await this.knex<EventRow>('migration_events')
      .where({ migration_id: id })
      .andWhere('sequence', '>', after)
      .orderBy('sequence');
    return rows.map(({ migration_id, step, ...event }) => ({
      ...event,
      step: (step ?? undefined) as TimelineEvent['step'],
    }));
  }

  async lease(
    holder: string,
    milliseconds: number,
    { onlyAbandoned = false } = {},
  ): Promise<LeasedMigration | undefined> {
    const wish = { holder, milliseconds };
    const abandoned = await leaseAbandoned(this.knex, wish);
    if (abandoned || onlyAbandoned) return abandoned;
    return leaseQueued(this.knex, wish, this.options.limits);
  }

  async renew(lease: Lease, milliseconds: number) {
    const renewed = await this.held(this.knex, lease).update({
      lease_until: databaseClock(this.knex, milliseconds) as any,
    });
    if (renewed !== 1) throw new LeaseLostError(lease.migration);
  }

  async release(lease: Lease) {
    await this.held(this.knex, lease).update({
      lease_holder: null,
      lease_until: null,
    });
  }

  async save(lease: Lease, migration: Migration, facts: MigrationFacts) {
    const isStopping = facts.isSourceStopping === true;
    const held = this.held(this.knex, lease);
    if (isStopping) {
      // One statement decides between stopping the source and a cancellation.
      held.andWhere(may =>
        may.whereNull('cancelled_by').orWhere('is_source_stopping', true),
      );
    }
    const saved = await held.update({
      ...columnsOf(migration),
      facts: JSON.stringify(facts),
      is_source_stopping: isStopping,
      is_courier_out: facts.isCourierOut === true,
      // Whoever ends it keeps the lease until all have been told.
      ...(OVER.includes(migration.status) && {
        active_pod: null,
        is_end_untold: true,
      }),
    });
    if (saved === 1) return;
    const row = await this.held(this.knex, lease).first('cancelled_by');
    throw row?.cancelled_by
      ? new CancelledError(row.cancelled_by)
      : new LeaseLostError(lease.migration);
  }

  async takeUntold(holder: string, milliseconds: number) {
    return takeUntold(this.knex, { holder, milliseconds });
  }

  async confirmTold(id: string) {
    await this.migrations()
      .where({ id })
      .update({ is_end_untold: false, lease_until: null });
  }

  async cancel(id: string, by: string) {
    return cancelMigration(this.knex, id, by);
  }

  async listCancelled(holder: string) {
    const rows = await this.migrations()
      .where({ lease_holder: holder, status: 'running' })
      .whereNotNull('cancelled_by')
      .select('id', 'cancelled_by');
    return new Map(rows.map(row => [row.id, row.cancelled_by!]));
  }

  async hold(id: string, by: string | undefined) {
    const held = await this.migrations()
      .where({ id, images: 'kept' })
      .update({ held_by: by ?? null });
    return held === 1;
  }

  async addEvent(lease: Lease, event: Omit<TimelineEvent, 'sequence'>) {
    await this.append('migration_events', lease, { ...event });
  }

  async addObject(lease: Lease, object: MadeObject) {
    await this.append('migration_objects', lease, { ...object });
  }

  async identifyObject(
    lease: Lease,
    { uid, ...object }: MadeObject & { uid: string },
  ) {
    await this.knex.transaction(async transaction => {
      await this.requireHeld(transaction, lease);
      await transaction<ObjectRow>('migration_objects')
        .where({ migration_id: lease.migration, removed_at: null, ...object })
        .update({ uid });
    });
  }

  async listObjects(id: string): Promise<MadeObject[]> {
    const rows = await this.knex<ObjectRow>('migration_objects')
      .where({ migration_id: id, removed_at: null })
      .orderBy('sequence', 'desc');
    return rows.map(({ step, cluster, kind, namespace, name, uid }) => ({
      step,
      cluster,
      kind,
      namespace,
      name,
      uid: uid ?? undefined,
    }));
  }

  async markRemoved(lease: Lease, { uid: _uid, ...object }: MadeObject) {
    await this.knex<ObjectRow>('migration_objects')
      .where({ migration_id: lease.migration, removed_at: null, ...object })
      .update({ removed_at: new Date().toISOString() });
  }

  /** Adds a row to one of a migration's lists; only its holder does, so that numbers follow each other. */
  private async append(table: string, lease: Lease, row: object) {
    await this.knex.transaction(async transaction => {
      await this.requireHeld(transaction, lease);
      const key = { migration_id: lease.migration };
      const last = await transaction(table)
        .where(key)
        .max({ sequence: 'sequence' })
        .first();
      const sequence = Number(last?.sequence ?? 0) + 1;
      await transaction(table).insert({ ...key, sequence, ...row });
    });
  }

  private async requireHeld(transaction: Knex.Transaction, lease: Lease) {
    const held = await this.held(transaction, lease).forUpdate().first('id');
    if (!held) throw new LeaseLostError(lease.migration);
  }

  private migrations() {
    return this.knex<MigrationRow>('migrations');
  }

  private held(knex: Knex, { migration, holder, epoch }: Lease) {
    return knex<MigrationRow>('migrations').where({
      id: migration,
      lease_holder: holder,
      lease_epoch: epoch,
    });
  }
}
