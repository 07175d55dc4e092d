import { Knex } from 'knex';

/**
 * Has SQLite write what is committed to one end of a log, and wait for the disk once, where it otherwise waits for a journal, the database
 * and their folder. It is as durable. PostgreSQL does so by itself.
 */
export async function writeAhead(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = FULL');
  }
}
