import { Knex } from 'knex';
import { readPage } from '../../paging';
import { MigrationRow, toMigration } from './MigrationRow';
import { MigrationPage, MigrationQuery } from './MigrationStore';

const sortColumns = {
  createdAt: 'created_at',
  finishedAt: 'finished_at',
  pod: 'pod',
} as const;

/** One page of the migrations that a query asks for. */
export async function listMigrations(
  knex: Knex,
  query: MigrationQuery,
): Promise<MigrationPage> {
  const { sort = 'createdAt', order = 'desc', cursor, limit } = query;
  const column = sortColumns[sort];
  const narrowed = () => narrow(knex<MigrationRow>('migrations'), query);
  const [{ rows, nextCursor }, total] = await Promise.all([
    readPage<MigrationRow>(
      narrowed().select('id', column, 'migration', 'cancelled_by', 'held_by'),
      { column, order, cursor, limit },
      row => [row[column], row.id],
    ),
    narrowed().count({ count: '*' }).first(),
  ]);
  return {
    items: rows.map(toMigration),
    nextCursor,
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
