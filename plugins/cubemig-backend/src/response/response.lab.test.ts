import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseAlertStore } from '../alerts';
import { readCubemigConfig } from '../config';
import {
  createRegistryClient,
  DatabaseMigrationStore,
  MigrationEngine,
  MigrationService,
  MigrationWorker,
  steps,
} from '../migration';
import { Lab } from '../migration/__testUtils__/Lab';
import { isPodReady } from '../pods';
import { ResponseActions } from './actions';
import { createResponse } from './createResponse';
import { DatabaseDecisionStore } from './decisions';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const logger = mockServices.logger.mock();
const counter = { add: () => {}, record: () => {}, addCallback: () => {} };
const metrics: any = new Proxy({}, { get: () => () => counter });

/** The plugin's own parts over a lab, with a rule that moves what reads sensitive files. */
async function startResponses(lab: Lab) {
  const { registry, courierImage } = lab.info;
  const config = readCubemigConfig(
    mockServices.rootConfig({
      data: {
        cubemig: {
          namespaces: ['demo'],
          courier: { image: courierImage },
          registry: {
            ...registry,
            insecure: true,
            pullSecrets: ['cubemig-registry'],
          },
          migration: { settleSeconds: 1 },
          response: {
            rules: [
              {
                name: 'away with it',
                match: { rules: ['Read sensitive *'] },
                action: 'migrate',
                target: { cluster: 'cluster2' },
                mode: 'auto',
              },
            ],
          },
        },
      },
    }),
  );
  const knex = await databases.init('SQLITE_3');
  const database = mockServices.database({ knex });
  const store = await DatabaseMigrationStore.create(database, config.migration);
  const { clusters } = lab;
  const client = createRegistryClient(config);
  const worker = new MigrationWorker({
    engine: new MigrationEngine(steps),
    tools: { clusters, config, registry: client, store },
    logger,
    onEnd: async () => {},
  });
  const finder = { find: async () => undefined };
  const response = await createResponse({
    access: undefined as any,
    actions: new ResponseActions(),
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    clusters,
    config,
    database,
    entities: undefined as any,
    finder,
    logger,
    metrics,
    migrations: new MigrationService({
      clusters,
      entities: finder,
      store,
      onAdded: () => worker.wake(),
    }),
    notifications: { send: async () => {} } as any,
    signal: () => {},
    store,
  });
  worker.start();
  response.start();
  const alerts = new DatabaseAlertStore(knex);
  return {
    alerts,
    decisions: new DatabaseDecisionStore(knex, alerts),
    store,
    async stop() {
      await response.stop();
      await worker.stop();
      await client.close();
    },
  };
}

describe('responses in the lab', () => {
  let lab: Lab;
  let responses: Awaited<ReturnType<typeof startResponses>>;
  beforeAll(async () => {
    lab = await Lab.start({
      portBase: 21_900,
      subnet: 223,
      manifests: [
        `cluster1=${join(
          __dirname,
          '../migration/__fixtures__/workloads.yaml',
        )}`,
      ],
    });
    responses = await startResponses(lab);
    await lab.awaitPod('cluster1', 'solo');
  });
  afterAll(async () => {
    await responses?.stop();
    await lab?.close();
  });

  const getPod = (cluster: string) =>
    lab.admin(cluster).get('Pod', { namespace: 'demo', name: 'solo' });

  it('moves an attacked pod once, and leaves it alone where it came to', async () => {
    const { alerts, decisions, store } = responses;
    const alert = async (cluster: string, command: string) => {
      const pod = (await getPod(cluster))!;
      const id = pod.status!.containerStatuses![0].containerID!;
      const now = new Date().toISOString();
      const payload = JSON.stringify({
        rule: 'Read sensitive file untrusted',
        priority: 'Warning',
        time: now,
        output_fields: {
          'container.id': id.replace(/^.*:\/\//, '').slice(0, 12),
          'proc.cmdline': command,
        },
      });
      await alerts.add(Array(300).fill({ cluster, receivedAt: now, payload }));
    };
    const latest = async (count: number, statuses: string[]) => {
      for (;;) {
        const { items } = await decisions.list({ limit: 10 });
        const found = items.length === count && items[0];
        if (found && statuses.includes(found.status)) return found;
        await delay(100);
      }
    };

    await alert('cluster1', 'cat /etc/shadow');
    const moved = await latest(1, ['succeeded', 'failed']);
    expect(moved).toMatchObject({
      status: 'succeeded',
      outcome: 'solo runs on cluster2',
    });
    expect(await getPod('cluster1')).toBeUndefined();
    expect(isPodReady((await getPod('cluster2'))!)).toBe(true);

    await alert('cluster2', 'cat /etc/passwd');
    expect(await latest(2, ['not-acted'])).toMatchObject({
      verdict: 'suppress',
      guard: 'cooldown',
      cluster: 'cluster2',
      pod: 'solo',
    });
    expect((await store.list({ limit: 10 })).total).toBe(1);
  });
});
