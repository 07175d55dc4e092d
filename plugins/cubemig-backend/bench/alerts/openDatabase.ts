import knexFactory, { Knex } from 'knex';
import { join } from 'node:path';

/**
 * The plugin's own database, as Backstage would open it.
 *
 * @param postgres - a connection string; SQLite in the folder without it
 */
export function openDatabase(
  folder: string,
  postgres: string | undefined,
): { name: string; database: object; knex: Knex } {
  if (!postgres) {
    const directory = join(folder, 'db');
    return {
      name: 'SQLite',
      database: { client: 'better-sqlite3', connection: { directory } },
      knex: knexFactory({
        client: 'better-sqlite3',
        connection: { filename: join(directory, 'cubemig.sqlite') },
        useNullAsDefault: true,
      }),
    };
  }
  const prefix = `bench_${Date.now()}_`;
  const url = new URL(postgres);
  url.pathname = `/${prefix}cubemig`;
  return {
    name: 'PostgreSQL',
    database: { client: 'pg', connection: postgres, prefix },
    knex: knexFactory({ client: 'pg', connection: url.href }),
  };
}
