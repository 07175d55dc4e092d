import { Knex } from 'knex';
import { AlertRow, OccurrenceRow } from './AlertRow';
import { AlertStore } from './AlertStore';

const DELETED_AT_ONCE = 500;
const COUNTED_AT_ONCE = 2_000;

type Counted = Pick<OccurrenceRow, 'id' | 'bytes' | 'received_at'>;

/** Deletes what is too old or too much. @returns how many alerts went */
export async function expireAlerts(
  knex: Knex,
  limits: Parameters<AlertStore['expire']>[0],
): Promise<number> {
  const oldest = new Date(Date.now() - limits.days * 86_400_000);
  const tooOld = await deleteAlerts(knex, query =>
    query.where('last_at', '<', oldest.toISOString()),
  );
  const tooMany = await deleteAlerts(knex, query =>
    query.whereIn(
      'id',
      knex('alerts')
        .select('id')
        .orderBy('last_at', 'desc')
        .orderBy('id')
        .limit(DELETED_AT_ONCE)
        .offset(limits.alerts),
    ),
  );
  const beyond = await knex<OccurrenceRow>('alert_occurrences')
    .orderBy('id', 'desc')
    .offset(limits.occurrences)
    .first('id');
  if (beyond) await deleteOccurrences(knex, beyond.id);
  const tooLarge = await expireBySize(knex, limits.megabytes * 1_000_000);
  return tooOld + tooMany + tooLarge;
}

/**
 * Keeps the newest payloads that come to so many bytes, and no alert that was seen before the oldest of them only: an alert's own texts are
 * a part of its latest payload, so that all of them together are bounded by the same number.
 */
async function expireBySize(knex: Knex, bytes: number): Promise<number> {
  let left = bytes;
  let before: OccurrenceRow['id'] = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const some: Counted[] = await knex<OccurrenceRow>('alert_occurrences')
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(COUNTED_AT_ONCE)
      .select('id', 'bytes', 'received_at');
    for (const { id, bytes: size, received_at } of some) {
      left -= size;
      if (left < 0) {
        await deleteOccurrences(knex, id);
        return deleteAlerts(knex, query =>
          query.where('last_at', '<', received_at),
        );
      }
    }
    if (some.length < COUNTED_AT_ONCE) return 0;
    before = some.at(-1)!.id;
  }
}

/** A few at a time, so that nobody waits long for the database. */
async function deleteAlerts(
  knex: Knex,
  select: (query: Knex.QueryBuilder<AlertRow>) => void,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const ids = knex<AlertRow>('alerts')
      .select('id')
      .modify(select)
      .limit(DELETED_AT_ONCE);
    const count = await knex('alerts').whereIn('id', ids).delete();
    deleted += count;
    if (count < DELETED_AT_ONCE) return deleted;
  }
}

/** This payload and the older ones; their alerts go on counting them. What was not looked at stays. */
async function deleteOccurrences(knex: Knex, newest: OccurrenceRow['id']) {
  for (;;) {
    const ids = knex<OccurrenceRow>('alert_occurrences')
      .select('id')
      .where('id', '<=', newest)
      .whereNotNull('alert_id')
      .limit(DELETED_AT_ONCE);
    const count = await knex('alert_occurrences').whereIn('id', ids).delete();
    if (count < DELETED_AT_ONCE) return;
  }
}
