import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseMigrationStore } from '../../migration';
import { DatabaseAlertReader, DatabaseAlertStore } from '../store';

const base = JSON.parse(
  readFileSync(
    join(__dirname, '../__fixtures__/sidekick-read-sensitive-file.json'),
    'utf8',
  ),
);

/** An alert as it came in, just now. */
export function alert(
  change: { cluster?: string; receivedAt?: string; fields?: object } & Record<
    string,
    unknown
  > = {},
) {
  const { cluster = 'c1', receivedAt, fields, ...top } = change;
  const { time = new Date().toISOString(), ...rest } = top;
  return {
    cluster,
    identity: randomUUID(),
    receivedAt: receivedAt ?? new Date().toISOString(),
    payload: JSON.stringify({
      ...base,
      time,
      ...rest,
      output_fields: { ...base.output_fields, ...fields },
    }),
  };
}

/** Stores and reads alerts in an empty database, and holds the lease. */
export async function createAlertStore(knex: Knex) {
  await DatabaseMigrationStore.create(mockServices.database({ knex }));
  const store = new DatabaseAlertStore(knex);
  const reader = new DatabaseAlertReader(knex);
  const lease = (await store.hold('me', 60_000))!;
  const list = (
    selection: Parameters<typeof reader.list>[0] = {},
    page: object = {},
  ) =>
    reader.list(selection, {
      sort: 'lastAt',
      order: 'desc',
      limit: 50,
      ...page,
    });
  return { knex, store, reader, lease, list };
}
