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
  const [total] = await from().select(
    ...counts(knex),
    knex.raw(
      'sum(case when window_until > ? then 1 else 0 end) as open',
      new Date().toISOString(),
    ),
    knex.raw('min(last_minute) as earliest'),
    knex.raw('max(last_minute) as latest'),
  );
  const width = bucketSeconds
    ? Math.max(1, Math.round(bucketSeconds / 60))
    : chooseWidth(total, selection);
  // A whole number written out: as a parameter, SQLite would divide by a fraction.
  const bucket = `last_minute / ${Math.trunc(width)}`;
  const [buckets, rules, workloads, clusters] = await Promise.all([
    from()
      .select({ bucket: knex.raw(bucket) }, 'priority')
      .count({ alerts: '*' })
      .groupByRaw(`${bucket}, priority`)
      .orderByRaw(bucket),
    top(from().groupBy('rule').select({ value: 'rule' }), knex),
    top(
      from()
        .whereNotNull('workload_name')
        .groupBy('cluster', 'namespace', 'workload_kind', 'workload_name')
        .select('cluster', 'namespace', 'workload_kind', 'workload_name'),
      knex,
    ),
    top(from().groupBy('cluster').select({ value: 'cluster' }), knex),
  ]);
  return {
    alerts: Number(total.alerts),
    occurrences: Number(total.occurrences ?? 0),
    open: Number(total.open ?? 0),
    bucketSeconds: width * 60,
    buckets: foldBuckets(buckets, width),
    priorities: sumByPriority(buckets),
    rules: rules.map(toCount),
    workloads: workloads.map((row: any) => {
      const { cluster, namespace, workload_kind: kind } = row;
      const workload = { kind, name: row.workload_name };
      const value = [cluster, namespace, kind, workload.name].join('/');
      return { ...toCount({ ...row, value }), cluster, namespace, workload };
    }),
    clusters: clusters.map(toCount),
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

function chooseWidth(
  { earliest, latest }: { earliest: number; latest: number },
  { since, until }: AlertSelection,
) {
  const start = since ? minuteOf(since) : earliest;
  const end = until ? minuteOf(until) : Math.max(latest, start);
  const ideal = (end - start) / BUCKETS;
  return WIDTHS.find(width => width >= ideal) ?? Math.ceil(ideal / DAY) * DAY;
}

function foldBuckets(rows: any[], width: number): AlertSummary['buckets'] {
  const buckets = new Map<number, Counts>();
  for (const row of rows) {
    const bucket = Number(row.bucket);
    const found = buckets.get(bucket) ?? {};
    found[priorities[row.priority]] = Number(row.alerts);
    buckets.set(bucket, found);
  }
  return [...buckets].map(([bucket, found]) => ({
    start: new Date(bucket * width * 60_000).toISOString(),
    counts: found,
  }));
}

function sumByPriority(rows: any[]): Counts {
  const sums: Counts = {};
  for (const row of rows) {
    const priority = priorities[row.priority];
    sums[priority] = (sums[priority] ?? 0) + Number(row.alerts);
  }
  return sums;
}
