import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { z } from 'zod';
import { MigrationRow, toMigration } from './MigrationRow';
import { MigrationPage, MigrationQuery } from './MigrationStore';

const sortColumns = {
  createdAt: 'created_at',
  finishedAt: 'finished_at',
  pod: 'pod',
} as const;

const cursorSchema = z.tuple([z.string(), z.string()]);

/** One page of the migrations that a query asks for. A page begins where the one before ended, whatever was added since. */
export async function listMigrations(
  knex: Knex,
  query: MigrationQuery,
): Promise<MigrationPage> {
  const { sort = 'createdAt', order = 'desc', cursor, limit } = query;
  const column = sortColumns[sort];
  const narrowed = () => narrow(knex<MigrationRow>('migrations'), query);
  const page = narrowed();
  if (cursor) {
    const [value, id] = readCursor(cursor);
    const beyond = order === 'desc' ? '<' : '>';
    page.andWhere(after =>
      after
        .where(column, beyond, value)
        .orWhere(same => same.where(column, value).andWhere('id', '>', id)),
    );
  }
  const [rows, total] = await Promise.all([
    page
      .orderBy(column, order)
      .orderBy('id')
      .limit(limit + 1)
      .select('id', column, 'migration', 'cancelled_by', 'held_by'),
    narrowed().count({ count: '*' }).first(),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toMigration),
    nextCursor:
      rows.length > limit && last
        ? writeCursor([last[column], last.id])
        : undefined,
    total: Number(total?.count ?? 0),
  };
}

function narrow(
  rows: Knex.QueryBuilder<MigrationRow, any>,
  query: MigrationQuery,
) {
  const { status, mode, cluster, text, since, until } = query;
  const exact = {
    entity_ref: query.entityRef,
    namespace: query.namespace,
    pod: query.pod,
    created_by: query.createdBy,
    trigger_kind: query.trigger,
  };
  for (const [column, value] of Object.entries(exact)) {
    if (value !== undefined) rows.where(column, value);
  }
  if (status) rows.whereIn('status', status);
  if (mode) rows.whereIn('mode', mode);
  if (cluster) {
    rows.andWhere(either =>
      either
        .where('source_cluster', cluster)
        .orWhere('target_cluster', cluster),
    );
  }
  if (text) {
    const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    rows.andWhereRaw(
      `(pod like ? escape '\\' or workload like ? escape '\\')`,
      [pattern, pattern],
    );
  }
  if (since) rows.where('created_at', '>=', toUtc(since));
  if (until) rows.where('created_at', '<', toUtc(until));
  return rows;
}

/** Times are stored in UTC with milliseconds, and so can be compared as texts. */
function toUtc(time: string) {
  return new Date(time).toISOString();
}

function writeCursor(cursor: z.infer<typeof cursorSchema>) {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(cursor: string) {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
  } catch {
    throw new InputError(
      'cursor: is not one of this list; start again without it',
    );
  }
}
