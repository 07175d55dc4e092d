import { Knex } from 'knex';

/**
 * The database's clock, as SQL that answers ISO 8601 in UTC with milliseconds. Leases are given and judged by it alone: the clocks of
 * replicas may differ by more than a lease lasts.
 */
export function databaseClock(knex: Knex, milliseconds = 0): Knex.Raw {
  if (isPostgres(knex)) {
    return knex.raw(
      `to_char(clock_timestamp() at time zone 'utc' + ? * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      [milliseconds],
    );
  }
  return knex.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)`, [
    `${milliseconds / 1000} seconds`,
  ]);
}

export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
