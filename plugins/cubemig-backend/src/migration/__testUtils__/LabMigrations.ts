import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  Migration,
  MigrationRequest,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { setTimeout as delay } from 'node:timers/promises';
import { readCubemigConfig } from '../../config';
import { createRegistryClient } from '../createRegistryClient';
import { MigrationEngine } from '../MigrationEngine';
import { MigrationService } from '../MigrationService';
import { MigrationWorker } from '../MigrationWorker';
import { createPlan } from '../plan';
import { steps } from '../steps';
import { DatabaseMigrationStore } from '../store';
import { Crashes } from './Crashes';
import { Lab } from './Lab';
import { LostAnswers } from './LostAnswers';

const OVER = ['completed', 'failed', 'cancelled'];
const LONGEST_MS = 150_000;

export interface LabSettings {
  /** Of `cubemig.migration`. */
  migration?: object;
  /** Of `cubemig.courier`. */
  courier?: object;
}

/** CubeMig's own parts, put together as the plugin does, over a lab. */
export async function startLabMigrations(
  lab: Lab,
  databases: TestDatabases,
  { migration = {}, courier = {} }: LabSettings = {},
) {
  const { registry, courierImage } = lab.info;
  const config = readCubemigConfig(
    mockServices.rootConfig({
      data: {
        cubemig: {
          namespaces: ['demo'],
          courier: { image: courierImage, ...courier },
          registry: {
            ...registry,
            insecure: true,
            // The lab has this Secret in each granted namespace.
            pullSecrets: ['cubemig-registry'],
          },
          migration: { settleSeconds: 1, ...migration },
        },
      },
    }),
  );
  const knex = await databases.init('SQLITE_3');
  const store = await DatabaseMigrationStore.create(
    mockServices.database({ knex }),
    config.migration,
  );
  const client = createRegistryClient(config);
  const lostAnswers = new LostAnswers(lab.clusters);
  const crashes = new Crashes(lostAnswers.clusters);
  const { clusters } = crashes;
  const startWorker = () => {
    const started = new MigrationWorker({
      engine: new MigrationEngine(steps),
      tools: { clusters, config, registry: client, store },
      logger: mockServices.logger.mock(),
      onEnd: async () => {},
    });
    started.start();
    return started;
  };
  let worker = startWorker();
  crashes.onCrash = async () => {
    await worker.stop();
    worker = startWorker();
  };
  const service = new MigrationService({
    clusters,
    entities: { find: async id => `component:default/${id}` },
    store,
    onAdded: () => worker.wake(),
  });

  const complete = (request: Partial<MigrationRequest>) =>
    migrationRequestSchema.parse({
      sourceCluster: 'cluster1',
      namespace: 'demo',
      ...request,
    });
  return {
    store,
    config,
    crashes,
    lostAnswers,
    plan: (request: Partial<MigrationRequest>) =>
      createPlan(complete(request), { clusters, config, store }),
    /** Runs a migration to its end. */
    async run(request: Partial<MigrationRequest>): Promise<Migration> {
      const { id } = await service.start(complete(request), {
        createdBy: 'user:default/tester',
      });
      const deadline = Date.now() + LONGEST_MS;
      for (;;) {
        const found = await service.get(id);
        if (OVER.includes(found.status)) return found;
        if (Date.now() > deadline) {
          const events = await store.listEvents(id);
          throw new Error(events.map(e => e.message).join('\n'));
        }
        await delay(50);
      }
    },
    /** The newest migration, as soon as it is time. */
    async awaitNewest(
      isTime: (newest: Migration) => boolean | Promise<boolean>,
    ): Promise<Migration> {
      for (;;) {
        const [newest] = (await store.list({ limit: 1 })).items;
        if (newest && (await isTime(newest))) return newest;
        await delay(20);
      }
    },
    async stop() {
      await worker.stop();
      await client.close();
    },
  };
}
