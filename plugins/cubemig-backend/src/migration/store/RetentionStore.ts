import { Migration } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { MigrationFacts } from './MigrationFacts';
import { MigrationRow, ObjectRow, OVER, toMigration } from './MigrationRow';
import { MadeObject } from './MigrationStore';

export interface EndedMigration {
  migration: Migration;
  facts: MigrationFacts;
}

/** What retention reads and writes of migrations that are over. */
export class RetentionStore {
  constructor(private readonly knex: Knex) {}

  /** Those that are over and have kept their images. A restore has none of its own. */
  async listKept(): Promise<Migration[]> {
    const rows = await this.whereOver()
      .where({ images: 'kept' })
      .whereNot({ mode: 'restore' })
      .select('migration', 'cancelled_by', 'held_by');
    return rows.map(toMigration);
  }

  /** Migrations from whose checkpoints something is being restored now. */
  async listInUse(): Promise<Set<string>> {
    const rows = await this.knex<MigrationRow>('migrations')
      .where({ mode: 'restore' })
      .whereNotIn('status', OVER)
      .select('migration');
    return new Set(
      rows.flatMap(
        ({ migration }) =>
          (JSON.parse(migration) as Migration).order.checkpointsOf ?? [],
      ),
    );
  }

  /** Gives a migration's images up, unless somebody holds them since. From then on they count as gone. */
  async giveUpImages(id: string, reason: string): Promise<boolean> {
    return this.knex.transaction(async transaction => {
      const row = await transaction<MigrationRow>('migrations')
        .where({ id, images: 'kept', held_by: null })
        .forUpdate()
        .first();
      if (!row) return false;
      const migration: Migration = JSON.parse(row.migration);
      const at = new Date().toISOString();
      if (migration.checkpoints.length > 0) {
        migration.checkpointsRemoved = { at, reason };
        await this.tell(
          transaction,
          id,
          `Removed the checkpoints, because ${reason}`,
        );
      }
      await transaction<MigrationRow>('migrations')
        .where({ id })
        .update({ images: 'leaving', migration: JSON.stringify(migration) });
      return true;
    });
  }

  /** Those whose images are given up and may still lie in the registry. */
  async listLeaving(): Promise<EndedMigration[]> {
    const rows = await this.whereOver().where({ images: 'leaving' });
    return rows.map(row => ({
      migration: toMigration(row),
      facts: JSON.parse(row.facts),
    }));
  }

  async markImagesGone(id: string) {
    await this.knex<MigrationRow>('migrations')
      .where({ id })
      .update({ images: 'gone' });
  }

  /** What migrations that are over have made and not removed, and should have. */
  async listLeftObjects(): Promise<(MadeObject & { migration: string })[]> {
    const rows: ObjectRow[] = await this.knex('migration_objects')
      .join('migrations', 'migrations.id', 'migration_objects.migration_id')
      .whereNull('migration_objects.removed_at')
      .andWhere(left =>
        left
          .whereIn('migrations.status', ['failed', 'cancelled'])
          .orWhere(helper =>
            helper
              .where('migrations.status', 'completed')
              .whereIn('migration_objects.step', ['pre-pull', 'checkpoint']),
          ),
      )
      .select('migration_objects.*');
    return rows.map(({ migration_id, step, cluster, kind, ...row }) => ({
      migration: migration_id,
      step,
      cluster,
      kind,
      namespace: row.namespace,
      name: row.name,
      uid: row.uid ?? undefined,
    }));
  }

  async markRemoved({
    migration,
    uid: _uid,
    ...object
  }: MadeObject & { migration: string }) {
    await this.knex<ObjectRow>('migration_objects')
      .where({ migration_id: migration, removed_at: null, ...object })
      .update({ removed_at: new Date().toISOString() });
  }

  /**
   * Migrations that ended without their courier's word, newest first.
   *
   * @param between - when they ended, ISO 8601
   */
  async listCouriersOut(between: [string, string]): Promise<Migration[]> {
    const rows = await this.whereOver()
      .where({ is_courier_out: true })
      .whereBetween('finished_at', between)
      .orderBy('finished_at', 'desc')
      .select('migration', 'cancelled_by', 'held_by');
    return rows.map(toMigration);
  }

  /** Nothing of their couriers lies on nodes any more. */
  async markSwept(migrations: readonly Migration[]) {
    await this.knex<MigrationRow>('migrations')
      .whereIn(
        'id',
        migrations.map(({ id }) => id),
      )
      .update({ is_courier_out: false });
  }

  private whereOver() {
    return this.knex<MigrationRow>('migrations').whereIn('status', OVER);
  }

  private async tell(
    transaction: Knex.Transaction,
    id: string,
    message: string,
  ) {
    const last = await transaction('migration_events')
      .where({ migration_id: id })
      .max({ sequence: 'sequence' })
      .first();
    await transaction('migration_events').insert({
      migration_id: id,
      sequence: Number(last?.sequence ?? 0) + 1,
      time: new Date().toISOString(),
      level: 'info',
      message,
    });
  }
}
