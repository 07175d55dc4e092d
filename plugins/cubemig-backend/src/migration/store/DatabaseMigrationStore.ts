import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Migration,
  MigrationStatus,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import {
  Lease,
  LeasedMigration,
  LeaseLostError,
  MadeObject,
  MigrationFacts,
  MigrationStore,
} from './MigrationStore';

interface MigrationRow {
  id: string;
  status: MigrationStatus;
  entity_ref: string | null;
  created_at: string;
  active_pod: string | null;
  migration: string;
  facts: string;
  lease_holder: string | null;
  lease_until: string | null;
  lease_epoch: number;
}

interface EventRow {
  migration_id: string;
  sequence: number;
  time: string;
  step: string | null;
  level: TimelineEvent['level'];
  message: string;
}

interface ObjectRow extends MadeObject {
  migration_id: string;
  sequence: number;
  removed_at: string | null;
}

const OVER: MigrationStatus[] = ['completed', 'failed'];

/** Keeps migrations in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseMigrationStore implements MigrationStore {
  static async create(database: DatabaseService) {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@cubemig/plugin-cubemig-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseMigrationStore(knex);
  }

  private constructor(private readonly knex: Knex) {}

  async add(migration: Migration) {
    const activePod = podKey(migration);
    const added = await this.knex<MigrationRow>('migrations')
      .insert({
        id: migration.id,
        status: migration.status,
        entity_ref: migration.entityRef,
        created_at: migration.createdAt,
        active_pod: activePod,
        migration: JSON.stringify(migration),
        facts: '{}',
        lease_epoch: 0,
      })
      .onConflict('active_pod')
      .ignore()
      .returning('id');
    if (added.length > 0) return;
    const other = await this.knex<MigrationRow>('migrations')
      .where({ active_pod: activePod })
      .first('id');
    throw new ConflictError(
      `pod: '${migration.source.pod}' is being migrated already (migration ${
        other?.id ?? 'just ended'
      }); wait for it to end`,
    );
  }

  async get(id: string) {
    const row = await this.knex<MigrationRow>('migrations')
      .where({ id })
      .first('migration');
    return row && (JSON.parse(row.migration) as Migration);
  }

  async list(filter: {
    entityRef?: string;
    statuses?: MigrationStatus[];
    limit: number;
  }) {
    const { entityRef, statuses, limit } = filter;
    const query = this.knex<MigrationRow>('migrations').select('migration');
    if (entityRef) query.where({ entity_ref: entityRef });
    if (statuses) query.whereIn('status', statuses);
    const rows = await query
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit);
    return rows.map(row => JSON.parse(row.migration) as Migration);
  }

  async listEvents(id: string): Promise<TimelineEvent[]> {
    const rows = await this.knex<EventRow>('migration_events')
      .where({ migration_id: id })
      .orderBy('sequence');
    return rows.map(({ migration_id, step, ...event }) => ({
      ...event,
      step: (step ?? undefined) as TimelineEvent['step'],
    }));
  }

  async lease(
    holder: string,
    milliseconds: number,
  ): Promise<LeasedMigration | undefined> {
    for (;;) {
      const free = await this.whereFree(this.knex<MigrationRow>('migrations'))
        .orderBy('created_at')
        .first();
      if (!free) return undefined;
      const epoch = free.lease_epoch + 1;
      const taken = await this.whereFree(
        this.knex<MigrationRow>('migrations').where({
          id: free.id,
          lease_epoch: free.lease_epoch,
        }),
      ).update({
        lease_holder: holder,
        lease_until: fromNow(milliseconds),
        lease_epoch: epoch,
      });
      // Otherwise another worker was faster: look again.
      if (taken === 1) {
        return {
          lease: { migration: free.id, holder, epoch },
          migration: JSON.parse(free.migration),
          facts: JSON.parse(free.facts),
        };
      }
    }
  }

  async renew(lease: Lease, milliseconds: number) {
    await this.update(lease, { lease_until: fromNow(milliseconds) });
  }

  async release(lease: Lease) {
    await this.held(this.knex, lease).update({
      lease_holder: null,
      lease_until: null,
    });
  }

  async save(lease: Lease, migration: Migration, facts: MigrationFacts) {
    const isOver = OVER.includes(migration.status);
    await this.update(lease, {
      status: migration.status,
      migration: JSON.stringify(migration),
      facts: JSON.stringify(facts),
      ...(isOver && { active_pod: null, lease_until: null }),
    });
  }

  async addEvent(lease: Lease, event: Omit<TimelineEvent, 'sequence'>) {
    await this.append('migration_events', lease, { ...event });
  }

  async addObject(lease: Lease, object: MadeObject) {
    await this.append('migration_objects', lease, { ...object });
  }

  async listObjects(id: string): Promise<MadeObject[]> {
    const rows = await this.knex<ObjectRow>('migration_objects')
      .where({ migration_id: id, removed_at: null })
      .orderBy('sequence', 'desc');
    return rows.map(({ step, cluster, kind, namespace, name }) => ({
      step,
      cluster,
      kind,
      namespace,
      name,
    }));
  }

  async markRemoved(lease: Lease, object: MadeObject) {
    await this.knex<ObjectRow>('migration_objects')
      .where({ migration_id: lease.migration, removed_at: null, ...object })
      .update({ removed_at: new Date().toISOString() });
  }

  private async update(lease: Lease, row: Partial<MigrationRow>) {
    if ((await this.held(this.knex, lease).update(row)) !== 1) {
      throw new LeaseLostError(lease.migration);
    }
  }

  /** Adds a row to one of a migration's lists; only its holder does, so that numbers follow each other. */
  private async append(table: string, lease: Lease, row: object) {
    await this.knex.transaction(async transaction => {
      const held = await this.held(transaction, lease).forUpdate().first('id');
      if (!held) throw new LeaseLostError(lease.migration);
      const key = { migration_id: lease.migration };
      const last = await transaction(table)
        .where(key)
        .max({ sequence: 'sequence' })
        .first();
      const sequence = Number(last?.sequence ?? 0) + 1;
      await transaction(table).insert({ ...key, sequence, ...row });
    });
  }

  private held(knex: Knex, { migration, holder, epoch }: Lease) {
    return knex<MigrationRow>('migrations').where({
      id: migration,
      lease_holder: holder,
      lease_epoch: epoch,
    });
  }

  /** Migrations that are not over and that nobody holds (any more). */
  private whereFree(query: Knex.QueryBuilder<MigrationRow>) {
    return query
      .whereNotIn('status', OVER)
      .andWhere(nobody =>
        nobody
          .whereNull('lease_until')
          .orWhere('lease_until', '<', new Date().toISOString()),
      ) as Knex.QueryBuilder<MigrationRow, any>;
  }
}

function fromNow(milliseconds: number) {
  return new Date(Date.now() + milliseconds).toISOString();
}

function podKey({ source }: Migration) {
  return `${source.cluster}/${source.namespace}/${source.pod}`;
}
