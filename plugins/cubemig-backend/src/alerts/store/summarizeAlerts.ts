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

/** What alerts are counted by, with its type: PostgreSQL has to be told that of what a part leaves out. */
const KEYS = {
  bucket: 'integer',
  priority: 'integer',
  cluster: 'text',
  rule: 'text',
  namespace: 'text',
  workload_kind: 'text',
  workload_name: 'text',
};
type Keys = Partial<Record<keyof typeof KEYS, string>>;

/** What of an alert is counted, and by what. */
const COUNTED = [
  'last_minute',
  'priority',
  'cluster',
  'rule',
  'namespace',
  'workload_kind',
  'workload_name',
  'occurrences',
  'window_until',
];

/** Counts in the database: what travels is as small as what is shown. */
export async function summarizeAlerts(
  knex: Knex,
  selection: AlertSelection,
  bucketSeconds?: number,
): Promise<AlertSummary> {
  const width = bucketSeconds
    ? Math.max(1, Math.round(bucketSeconds / 60))
    : chooseWidth(await readSpan(knex, selection));
  const counts = await readCounts(knex, selection, width);
  const cells = counts
    .filter(({ part }) => part === 'cell')
    .sort((one, other) => one.bucket - other.bucket);
  const top = (part: string) =>
    counts
      .filter(count => count.part === part)
      .sort((one, other) => other.alerts - one.alerts);
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
    rules: top('rule').map(row => toCount({ ...row, value: row.rule })),
    workloads: top('workload').map((row: any) => {
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

/** All counts at once: a search reads the texts of each alert, which is not done three times. */
async function readCounts(
  knex: Knex,
  selection: AlertSelection,
  width: number,
): Promise<any[]> {
  const select = () => {
    const query = knex('alerts');
    selectAlerts(query, selection);
    return query;
  };
  const isSearch = selection.text !== undefined;
  const from = () => (isSearch ? knex('found') : select());
  const now = new Date().toISOString();
  const count = (part: string, query: Knex.QueryBuilder, keys: Keys) =>
    query
      .select(
        knex.raw(`'${part}' as part`),
        ...Object.entries(KEYS).map(([key, type]) =>
          knex.raw(
            `${keys[key as keyof Keys] ?? `cast(null as ${type})`} as ${key}`,
          ),
        ),
        knex.raw('count(*) as alerts'),
        knex.raw('sum(occurrences) as occurrences'),
        knex.raw(
          'sum(case when window_until > ? then 1 else 0 end) as open',
          now,
        ),
      )
      .groupByRaw(Object.values(keys).join(', '));
  const top = (part: string, query: Knex.QueryBuilder, keys: Keys) =>
    count(part, query, keys).orderBy('alerts', 'desc').limit(TOP);
  const parts = {
    cell: count('cell', from(), {
      // A whole number written out: as a parameter, SQLite would divide by a fraction.
      bucket: `last_minute / ${Math.trunc(width)}`,
      priority: 'priority',
      cluster: 'cluster',
    }),
    rule: top('rule', from(), { rule: 'rule' }),
    workload: top('workload', from().whereNotNull('workload_name'), {
      cluster: 'cluster',
      namespace: 'namespace',
      workload_kind: 'workload_kind',
      workload_name: 'workload_name',
    }),
  };
  const [first, ...others] = Object.entries(parts).map(([name, part]) =>
    knex.select('*').from(part.as(name)),
  );
  const all = first.unionAll(others);
  return isSearch
    ? all.withMaterialized('found', select().select(COUNTED))
    : all;
}

function toCount(row: any) {
  return {
    value: row.value as string,
    alerts: Number(row.alerts),
    occurrences: Number(row.occurrences),
  };
}

/**
 * From when to when, in minutes since 1970: as asked, or else of the alerts that there are. A text that is searched for does not count:
 * all would have to be read for it, and the bars would change their width while it is typed.
 */
async function readSpan(knex: Knex, selection: AlertSelection) {
  const { since, until } = selection;
  const from = () => {
    const query = knex('alerts');
    selectAlerts(query, { ...selection, text: undefined });
    return query;
  };
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
