import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Owner, stepNames } from '@cubemig/plugin-cubemig-common';
import { RegistryClient } from '@cubemig/oci';
import { sampleMigration } from '../../__testUtils__/sampleMigration';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import { readCubemigConfig } from '../../config';
import { MigrationRun, MigrationTools } from '../MigrationRun';
import { DatabaseMigrationStore } from '../store';

export const migration = sampleMigration('p', {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  steps: stepNames.map(name => ({ name, status: 'pending' })),
});

const never = new AbortController().signal;

/** Leases a stored migration between two clusters in memory; `again` leases it as the next worker would. */
export async function createRun(
  databases: TestDatabases,
  options: { owner?: Owner; registry?: MigrationTools['registry'] } = {},
) {
  const knex = await databases.init('SQLITE_3');
  const store = await DatabaseMigrationStore.create(
    mockServices.database({ knex }),
  );
  const source = new MemoryCluster('c1');
  const target = new MemoryCluster('c2');
  const tools = {
    store,
    clusters: {
      list: async () => [],
      getClient: async (name: string) => (name === 'c1' ? source : target),
    },
    registry: options.registry ?? new RegistryClient({ host: 'r' }),
    config: readCubemigConfig(
      mockServices.rootConfig({
        data: {
          cubemig: {
            namespaces: ['demo'],
            courier: { image: 'courier' },
            registry: { host: 'r' },
          },
        },
      }),
    ),
  };
  async function again(stop = never, cancel = never) {
    return new MigrationRun((await store.lease('w', -1))!, tools, {
      stop,
      cancel,
      assertHeld: () => {},
    });
  }
  await store.add(migration);
  const run = await again();
  await run.save({}, { owner: options.owner });
  run.enter('cut-over');
  return { run, again, store, source, target };
}
