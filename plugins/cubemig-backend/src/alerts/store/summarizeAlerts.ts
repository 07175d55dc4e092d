import {
  AlertSummary,
  priorities,
  Priority,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertSelection } from './AlertReader';
import { minuteOf } from './AlertRow';
import { selectAlerts } from './selectAlerts';

const TOP = 10;
const BUCKETS = 60;
/** Widths that people can read off a time axis, in minutes. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
const DAY = 1440;

type Counts = Partial<Record<Priority, number>>;

/** Counts in the database: what travels is as small as what is shown. */
export async function summarizeAlerts(
  knex: Knex,
  selection: AlertSelection,
  bucketSeconds?: number,
): Promise<AlertSummary> {
  const from = () => {
    const query = knex('alerts');
    selectAlerts(query, selection);
    return query;
  };
  const width = bucketSeconds
    ? Math.max(1, Math.round(bucketSeconds / 60))
    : chooseWidth(await readSpan(from, selection));
  // A whole number written out: as a parameter, SQLite would divide by a fraction.
  const bucket = `last_minute / ${Math.trunc(width)}`;
  const [cells, rules, workloads] = await Promise.all([
    from()
      .select({ bucket: knex.raw(bucket) }, 'priority', 'cluster')
      .select(
        ...counts(knex),
        knex.raw(
          'sum(case when window_until > ? then 1 else 0 end) as open',
          new Date().toISOString(),
        ),
      )
      .groupByRaw(`${bucket}, priority, cluster`)
      .orderByRaw(bucket),
    top(from().groupBy('rule').select({ value: 'rule' }), knex),
    top(
      from()
        .whereNotNull('workload_name')
        .groupBy('cluster', 'namespace', 'workload_kind', 'workload_name')
        .select('cluster', 'namespace', 'workload_kind', 'workload_name'),
      knex,
    ),
  ]);
  return {
    alerts: sum(cells, 'alerts'),
    occurrences: sum(cells, 'occurrences'),
    open: sum(cells, 'open'),
    bucketSeconds: width * 60,
    buckets: [...groupBy(cells, cell => Number(cell.bucket))].map(
      ([number, inBucket]) => ({
        start: new Date(number * width * 60_000).toISOString(),
        counts: countByPriority(inBucket),
      }),
    ),
    priorities: countByPriority(cells),
    rules: rules.map(toCount),
    workloads: workloads.map((row: any) => {
      const { cluster, namespace, workload_kind: kind } = row;
      const workload = { kind, name: row.workload_name };
      const value = [cluster, namespace, kind, workload.name].join('/');
      return { ...toCount({ ...row, value }), cluster, namespace, workload };
    }),
    clusters: [...groupBy(cells, ({ cluster }) => cluster as string)]
      .map(([value, ofCluster]) => ({
        value,
        alerts: sum(ofCluster, 'alerts'),
        occurrences: sum(ofCluster, 'occurrences'),
      }))
      .sort((one, other) => other.alerts - one.alerts)
      .slice(0, TOP),
  };
}

function counts(knex: Knex) {
  return [
    knex.raw('count(*) as alerts'),
    knex.raw('sum(occurrences) as occurrences'),
  ];
}

function top(query: Knex.QueryBuilder, knex: Knex) {
  return query
    .select(...counts(knex))
    .orderBy('alerts', 'desc')
    .limit(TOP);
}

function toCount(row: any) {
  return {
    value: row.value as string,
    alerts: Number(row.alerts),
    occurrences: Number(row.occurrences),
  };
}

/** From when to when, in minutes since 1970: as asked, or else of the alerts that there are. */
async function readSpan(
  from: () => Knex.QueryBuilder,
  { since, until }: AlertSelection,
) {
  // One at a time: then each is a look at one end of the index.
  const first = since ?? (await from().min({ at: 'last_at' }).first())?.at;
  const last = until ?? (await from().max({ at: 'last_at' }).first())?.at;
  return first && last ? minuteOf(last) - minuteOf(first) : 0;
}

function chooseWidth(span: number) {
  const ideal = span / BUCKETS;
  return WIDTHS.find(width => width >= ideal) ?? Math.ceil(ideal / DAY) * DAY;
}

function groupBy<K>(rows: any[], key: (row: any) => K): Map<K, any[]> {
  const groups = new Map<K, any[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

function countByPriority(rows: any[]): Counts {
  const groups = groupBy(rows, row => priorities[row.priority]);
  return Object.fromEntries(
    [...groups].map(([priority, ofPriority]) => [
      priority,
      sum(ofPriority, 'alerts'),
    ]),
  );
}

/** PostgreSQL tells large numbers as text. */
function sum(rows: any[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
}
