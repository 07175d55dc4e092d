import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { join } from 'node:path';
import { createDatabases } from '../../__testUtils__/createDatabases';
import { DatabaseMigrationStore } from './DatabaseMigrationStore';

const databases = createDatabases();
const directory = join(__dirname, '../../../migrations');

/** As the first release stored it. */
const stored = {
  id: 'old',
  status: 'failed',
  createdBy: 'user:default/guest',
  createdAt: '2026-09-01T00:00:00.000Z',
  finishedAt: '2026-09-01T00:01:00.000Z',
  source: {
    cluster: 'c1',
    namespace: 'demo',
    pod: 'p',
    uid: 'u',
    node: 'n',
    owner: { kind: 'Deployment', name: 'counter' },
  },
  target: { cluster: 'c2', namespace: 'demo', pod: 'p' },
  steps: [],
  checkpoints: [],
  warnings: [],
};

async function storeOld(knex: Knex) {
  await knex.migrate.up({ directory, name: '20260901_init.js' });
  await knex('migrations').insert({
    id: stored.id,
    status: stored.status,
    created_at: stored.createdAt,
    migration: JSON.stringify(stored),
    facts: '{}',
    lease_epoch: 1,
  });
}

describe.each(databases.eachSupportedId())('migrations of %s', id => {
  it('keep what the first release has stored, and make it findable', async () => {
    const knex = await databases.init(id);
    await storeOld(knex);
    const store = await DatabaseMigrationStore.create(
      mockServices.database({ knex }),
    );
    const page = await store.list({
      limit: 9,
      cluster: 'c2',
      namespace: 'demo',
      text: 'counter',
      mode: ['move'],
      trigger: 'user',
      createdBy: stored.createdBy,
    });
    expect(page).toMatchObject({
      total: 1,
      items: [
        {
          ...stored,
          mode: 'move',
          attempt: 1,
          trigger: { kind: 'user' },
          order: { sourceCluster: 'c1', targetCluster: 'c2', pod: 'p' },
        },
      ],
    });
  });

  it('can be taken back', async () => {
    const knex = await databases.init(id);
    await storeOld(knex);
    await knex.migrate.latest({ directory });
    while ((await knex.migrate.currentVersion({ directory })) !== 'none') {
      await knex.migrate.down({ directory });
    }
    expect(await knex.schema.hasTable('migrations')).toBe(false);
  });
});
