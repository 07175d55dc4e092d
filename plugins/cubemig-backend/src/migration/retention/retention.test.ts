import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { RegistryClient, signImage } from '@cubemig/oci';
import { makeSigningKeys, MemoryRegistry } from '@cubemig/oci/testUtils';
import { LABEL_MIGRATION, Migration } from '@cubemig/plugin-cubemig-common';
import { createRun, migration } from '../__testUtils__/createRun';
import { chooseDiscarded, KeptImages } from './chooseDiscarded';
import { findOrphans } from './findOrphans';
import { Retention } from './Retention';
import { fc } from '../../__testUtils__/fc';

const DAY = 86_400_000;
const policy = {
  keepPerWorkload: 2,
  maxAgeDays: 30,
  maxTotalGigabytes: 10,
  keepFailedHours: 24,
  everyMinutes: 15,
};

function images(id: string, change: Partial<KeptImages> = {}): KeptImages {
  return {
    id,
    workload: 'w',
    hasCompleted: true,
    isEvidence: false,
    isProtected: false,
    finishedAt: new Date(0).toISOString(),
    bytes: 1e9,
    ...change,
  };
}

describe('chooseDiscarded', () => {
  const at = (days: number) => ({
    finishedAt: new Date(days * DAY).toISOString(),
  });

  it('keeps the newest of each workload', () => {
    const kept = [
      images('a1', at(1)),
      images('a2', at(2)),
      images('a3', at(3)),
      images('b1', { ...at(1), workload: 'other' }),
    ];
    expect([...chooseDiscarded(kept, policy, 4 * DAY)]).toEqual([
      ['a1', 'the workload had 2 newer ones'],
    ]);
  });

  it('gives up what is old, what failed and what is too much', () => {
    const kept = [
      images('old', { ...at(0), workload: 'a' }),
      images('failed', { ...at(38), workload: 'b', hasCompleted: false }),
      images('evidence', {
        ...at(38),
        workload: 'c',
        hasCompleted: false,
        isEvidence: true,
      }),
      images('big', { ...at(37), workload: 'd', bytes: 9.5e9 }),
    ];
    expect(Object.fromEntries(chooseDiscarded(kept, policy, 40 * DAY))).toEqual(
      {
        old: 'they were older than 30 days',
        failed: 'the migration had failed',
        big: 'all images together would take more than 10 GB',
      },
    );
  });

  it('never gives up what is protected', () => {
    const some = fc.record({
      workload: fc.constantFrom('a', 'b'),
      hasCompleted: fc.boolean(),
      isEvidence: fc.boolean(),
      isProtected: fc.boolean(),
      finishedAt: fc
        .integer({ min: 0, max: 100 })
        .map(days => at(days).finishedAt),
      bytes: fc.nat(5_000_000_000),
    });
    fc.assert(
      fc.property(fc.array(some), list => {
        const kept = list.map((change, index) => images(`${index}`, change));
        const discarded = chooseDiscarded(kept, policy, 101 * DAY);
        const left = kept.filter(({ id }) => !discarded.has(id));
        expect(kept.filter(k => k.isProtected && !left.includes(k))).toEqual(
          [],
        );
        for (const workload of ['a', 'b']) {
          const own = left.filter(
            k => k.workload === workload && !k.isProtected,
          );
          expect(own.length).toBeLessThanOrEqual(policy.keepPerWorkload);
        }
      }),
    );
  });
});

describe('findOrphans', () => {
  const now = 10 * DAY;
  const over = new Date(now - DAY).toISOString();
  const known = new Map<string, Migration>([
    ['done', { ...migration, status: 'completed', finishedAt: over }],
    ['failed', { ...migration, status: 'failed', finishedAt: over }],
    ['running', { ...migration, status: 'running' }],
    [
      'fresh',
      {
        ...migration,
        status: 'failed',
        finishedAt: new Date(now - 1000).toISOString(),
      },
    ],
  ]);
  const pod = (id: string, app?: string, age = 2 * DAY) => ({
    metadata: {
      name: `${id}-${app}`,
      creationTimestamp: new Date(now - age).toISOString(),
      labels: {
        [LABEL_MIGRATION]: id,
        ...(app && { 'app.kubernetes.io/name': app }),
      },
    },
  });

  it('finds helpers of what is over, and restored pods of what was undone', () => {
    const objects = [
      pod('done', 'cubemig-courier'),
      pod('done'),
      pod('failed'),
      pod('running', 'cubemig-courier'),
      pod('fresh'),
      pod('unknown'),
      pod('unknown', 'cubemig-pre-pull'),
      pod('unknown', 'cubemig-courier', 1000),
    ];
    expect(
      findOrphans(objects, known, now).map(({ metadata }) => metadata.name),
    ).toEqual([
      'done-cubemig-courier',
      'failed-undefined',
      'unknown-cubemig-pre-pull',
    ]);
  });

  it('leaves what goes with its owner', () => {
    const owned = pod('failed');
    Object.assign(owned.metadata, { ownerReferences: [{ uid: 'job' }] });
    expect(findOrphans([owned], known, now)).toEqual([]);
  });
});

describe('Retention', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const repository = 'cubemig/c1/demo/p';
  let server: MemoryRegistry;
  let registry: RegistryClient;
  beforeEach(async () => {
    server = await MemoryRegistry.start();
    registry = new RegistryClient({ host: server.host, insecure: true });
  });
  afterEach(async () => {
    await registry.close();
    await server.stop();
  });

  /** A failed migration whose courier had pushed a signed image. */
  async function fail() {
    const world = await createRun(databases, { registry });
    const config = await registry.uploadBlob(repository, Buffer.from('{}'));
    const digest = await registry.putManifest(
      repository,
      `${migration.id}-app`,
      {
        schemaVersion: 2,
        config: { mediaType: 'application/json', ...config },
        layers: [],
      },
    );
    const { privateKey } = makeSigningKeys();
    await signImage({ registry, repository, digest, privateKey });
    const { run } = world;
    await run.save(
      {
        status: 'failed',
        finishedAt: new Date(0).toISOString(),
        checkpoints: [
          { container: 'app', image: 'i', archiveBytes: 1, layerBytes: 1 },
        ],
      },
      {},
    );
    const retention = new Retention({
      store: world.store,
      retention: world.store.retention,
      clusters: {
        list: async () => [{ name: 'c1' }, { name: 'c2' }],
        getClient: async name => (name === 'c1' ? world.source : world.target),
      },
      registry,
      config: run.config,
      logger: mockServices.logger.mock(),
    });
    return { ...world, retention };
  }

  it('removes images with their signatures, and says so', async () => {
    const { store, retention } = await fail();
    expect(server.manifests.size).toBeGreaterThan(1);
    await retention.run();
    expect([...server.manifests.keys()]).toEqual([]);
    expect(await store.get(migration.id)).toMatchObject({
      checkpointsRemoved: { reason: 'the migration had failed' },
    });
    expect(await store.hold(migration.id, 'user:default/ops')).toBe(false);
    expect(await store.retention.listLeaving()).toEqual([]);
  });

  it('leaves what somebody holds, and tries again what the registry refuses', async () => {
    const { store, retention } = await fail();
    await store.hold(migration.id, 'user:default/ops');
    await retention.run();
    expect(await store.get(migration.id)).toMatchObject({
      heldBy: 'user:default/ops',
    });
    await store.hold(migration.id, undefined);
    server.intercept = ({ method }) =>
      method === 'DELETE' ? { status: 405 } : undefined;
    await retention.run();
    expect(server.manifests.size).toBeGreaterThan(1);
    server.intercept = () => undefined;
    await retention.run();
    expect(server.manifests.size).toBe(0);
  });

  it('removes what an undone migration has left, but nothing that only has its name', async () => {
    const { run, retention, store, source, target } = await fail();
    const own = { [LABEL_MIGRATION]: migration.id };
    const object = (name: string, labels = {}) => ({
      metadata: { name, namespace: 'demo', labels },
    });
    await run.make(target, 'Deployment', object('mine', own));
    await run.make(target, 'ReplicaSet', object('taken', own));
    await target.delete('ReplicaSet', { namespace: 'demo', name: 'taken' });
    await target.create('ReplicaSet', object('taken'));
    await source.create('Pod', object('zombie', own));
    await retention.run();
    const inDemo = { namespace: 'demo' };
    expect(await target.list('Deployment', inDemo)).toEqual([]);
    expect(await target.list('ReplicaSet', inDemo)).toHaveLength(1);
    expect(await source.list('Pod', inDemo)).toEqual([]);
    expect(await store.listObjects(migration.id)).toEqual([]);
  });
});
