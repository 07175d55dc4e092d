import { createHash, randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { NormalisedAlert } from '../normalise';
import { AlertRow, minuteOf, OccurrenceRow, toRow } from './AlertRow';
import { AskedRules } from './AlertStore';
import { asUnreadable, readOccurrence } from './readOccurrence';

/** Occurrences of the same thing. */
interface Group {
  latest: NormalisedAlert;
  firstAt: string;
  receivedAt: string;
  occurrences: OccurrenceRow['id'][];
}

/**
 * Brings together what is alike, and what rules do not tell apart.
 *
 * @param failure - why nothing can be done with these; they are told of instead
 */
export function groupOccurrences(
  rows: OccurrenceRow[],
  rules?: AskedRules,
  failure?: Error,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const known = failure ? asUnreadable(row, failure) : readOccurrence(row);
    const alert = tellApart(known, rules?.listMet(known) ?? []);
    const group = groups.get(alert.foldKey);
    if (!group) {
      groups.set(alert.foldKey, {
        latest: alert,
        firstAt: alert.time,
        receivedAt: row.received_at,
        occurrences: [row.id],
      });
    } else {
      group.occurrences.push(row.id);
      if (alert.time >= group.latest.time) group.latest = alert;
      if (alert.time < group.firstAt) group.firstAt = alert.time;
    }
  }
  return groups;
}

/**
 * A rule is asked once about an alert: what meets its conditions must not be folded into what does not. How many alerts that makes depends
 * on the rules alone, whatever is in the fields.
 */
function tellApart(alert: NormalisedAlert, met: string[]): NormalisedAlert {
  if (met.length === 0) return alert;
  const alike = JSON.stringify([alert.foldKey, ...met]);
  const foldKey = createHash('sha256').update(alike).digest('hex');
  return { ...alert, foldKey };
}

/** Adds groups to the alerts that are open, and opens alerts for the others. */
export async function foldGroups(
  knex: Knex,
  groups: Map<string, Group>,
  options: { windowSeconds: number; rules?: string },
): Promise<{ opened: string[]; grown: string[] }> {
  const open = await readOpen(knex, groups);
  const opened: AlertRow[] = [];
  const grown: string[] = [];
  const belongs: [OccurrenceRow['id'], string][] = [];
  for (const [key, group] of groups) {
    const { latest, receivedAt, occurrences } = group;
    const found = open.get(key);
    const id = found?.id ?? randomUUID();
    belongs.push(
      ...occurrences.map(occurrence => [occurrence, id] as [number, string]),
    );
    if (found) {
      await grow(knex, found, group, options.rules);
      grown.push(id);
    } else {
      const windowUntil = Date.parse(receivedAt) + options.windowSeconds * 1000;
      opened.push({
        ...toRow(id, latest, {
          occurrences: occurrences.length,
          receivedAt,
          windowUntil: new Date(windowUntil).toISOString(),
        }),
        first_at: group.firstAt,
      });
    }
  }
  await insertAll(knex, opened);
  await assign(knex, belongs);
  return { opened: opened.map(({ id }) => id), grown };
}

async function readOpen(knex: Knex, groups: Map<string, Group>) {
  const rows = await knex<AlertRow>('alerts')
    .whereIn('fold_key', [...groups.keys()])
    .orderBy('window_until');
  const open = rows.filter(
    row => row.window_until > groups.get(row.fold_key)!.receivedAt,
  );
  return new Map(open.map(row => [row.fold_key, row]));
}

async function grow(
  knex: Knex,
  row: AlertRow,
  { latest, firstAt, occurrences }: Group,
  rules: string | undefined,
) {
  const isJudgedByOthers =
    rules !== undefined &&
    row.kind === 'alert' &&
    row.stage === 'done' &&
    row.judged_by !== rules;
  const isNewer = latest.time >= row.last_at;
  await knex<AlertRow>('alerts')
    .where({ id: row.id })
    .update({
      occurrences: row.occurrences + occurrences.length,
      ...(firstAt < row.first_at && { first_at: firstAt }),
      ...(isNewer && {
        last_at: latest.time,
        last_minute: minuteOf(latest.time),
        output: latest.output,
        fields: JSON.stringify(latest.fields),
      }),
      ...(isJudgedByOthers && {
        stage: 'decide',
        due_at: new Date().toISOString(),
      }),
      // What Falco did not know yet when the container was new.
      ...(!row.pod && { pod: latest.pod ?? null }),
      ...(!row.namespace && { namespace: latest.namespace ?? null }),
      ...(!row.container && { container: latest.container ?? null }),
      ...(!row.image && { image: latest.image ?? null }),
    });
}

async function insertAll(knex: Knex, rows: AlertRow[]) {
  // SQLite takes 32,766 parameters a statement.
  await knex.batchInsert('alerts', rows, 200);
}

/** Tells all occurrences their alerts, in one statement that SQLite and PostgreSQL both know. */
async function assign(knex: Knex, pairs: [OccurrenceRow['id'], string][]) {
  const values = pairs.map(() => '(cast(? as bigint), ?)').join(', ');
  await knex.raw(
    `with folded(id, alert_id) as (values ${values})
    update alert_occurrences set alert_id =
      (select alert_id from folded where folded.id = alert_occurrences.id)
    where id in (select id from folded)`,
    pairs.flat(),
  );
}
