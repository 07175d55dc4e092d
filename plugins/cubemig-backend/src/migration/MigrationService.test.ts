import { TestDatabases } from '@backstage/backend-test-utils';
import {
  KUBERNETES_ID,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { MemoryCluster } from '../clusters/__testUtils__/MemoryCluster';
import { MigrationService } from './MigrationService';
import { createStore } from './store/__testUtils__/stored';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const by = { createdBy: 'user:default/guest' };

const order = migrationRequestSchema.parse({
  sourceCluster: 'c1',
  targetCluster: 'c2',
  namespace: 'demo',
  pod: 'web-1',
});

async function createService() {
  const store = await createStore(databases, 'SQLITE_3');
  const source = new MemoryCluster('c1');
  await source.create('ReplicaSet', {
    metadata: {
      name: 'web',
      namespace: 'demo',
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'shop',
          uid: 'd',
          controller: true,
        },
      ],
    },
  });
  const { metadata } = (await source.get('ReplicaSet', {
    namespace: 'demo',
    name: 'web',
  }))!;
  await source.create('Pod', {
    metadata: {
      name: 'web-1',
      namespace: 'demo',
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'web',
          uid: metadata!.uid!,
          controller: true,
        },
      ],
    },
    spec: { nodeName: 'n1', containers: [] },
  });
  const onAdded = jest.fn();
  const onEnd = jest.fn();
  const service = new MigrationService({
    clusters: {
      list: async () => [],
      getClient: async name =>
        name === 'c1' ? source : new MemoryCluster(name),
    },
    entities: { find: async id => `component:default/${id}` },
    store,
    onAdded,
    onEnd,
  });
  /** Begins the migration and lets it end like that. */
  async function end(status: 'failed' | 'completed', change = {}) {
    const { lease, migration, facts } = (await store.lease('w', 9_000))!;
    await store.save(lease, { ...migration, status, ...change }, facts);
  }
  return { service, store, source, onAdded, onEnd, end };
}

describe('MigrationService', () => {
  it('stores who is to move, of which workload, and wakes a worker', async () => {
    const { service, onAdded } = await createService();
    const started = await service.start(order, by);
    expect(await service.get(started.id)).toMatchObject({
      mode: 'move',
      attempt: 1,
      queuePosition: 1,
      trigger: { kind: 'user' },
      source: { node: 'n1', owner: { kind: 'Deployment', name: 'shop' } },
      target: { cluster: 'c2', namespace: 'demo', pod: 'web-1' },
    });
    expect(onAdded).toHaveBeenCalledTimes(1);
  });

  it('finds the entity of a pod that was ordered without', async () => {
    const { service, source } = await createService();
    const name = 'shop-2';
    await source.create('Pod', {
      metadata: {
        namespace: 'demo',
        name,
        labels: { [KUBERNETES_ID]: 'shop' },
      },
    });
    const { id, entityRef } = await service.start({ ...order, pod: name }, by);
    expect(entityRef).toBe('component:default/shop');
    const { items } = await service.list({
      entityRef: 'component:default/shop',
      order: 'asc',
      limit: 9,
    });
    expect(items.map(item => item.id)).toEqual([id]);
  });

  it('tries again what failed, as the next attempt', async () => {
    const { service, end } = await createService();
    const { id } = await service.start(order, { ...by });
    await expect(service.retry(id, by)).rejects.toThrow(
      'only one that failed or was cancelled',
    );
    await end('failed');
    const again = await service.retry(id, { createdBy: 'user:default/ops' });
    expect(again).toMatchObject({
      attempt: 2,
      trigger: { kind: 'retry', of: id },
      createdBy: 'user:default/ops',
      order,
    });
  });

  it('leaves it to the worker to tell of the end of one that runs', async () => {
    const { service, store, onEnd } = await createService();
    const { id } = await service.start(order, by);
    await store.lease('w', 9_000);
    await service.cancel(id, 'user:default/ops');
    expect(onEnd).not.toHaveBeenCalled();
  });

  it("has a StatefulSet's other pods follow from the end where it begins, once each", async () => {
    const { service, source } = await createService();
    const ownerReferences = [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        name: 'db',
        uid: 's',
        controller: true,
      },
    ];
    for (const name of ['db-0', 'db-1', 'db-10', 'db-9']) {
      await source.create('Pod', {
        metadata: { namespace: 'demo', name, ownerReferences },
      });
    }
    await service.start({ ...order, pod: 'db-1' }, by);
    const first = await service.start(
      { ...order, pod: 'db-10', wholeWorkload: true },
      by,
    );
    const { items } = await service.list({ order: 'asc', limit: 9 });
    const pods = items.map(({ source: { pod } }) => pod);
    expect(pods.filter(pod => pod !== 'db-1')).toEqual([
      'db-10',
      'db-9',
      'db-0',
    ]);
    expect(pods).toHaveLength(4);
    expect(
      items.filter(item => item.order.wholeWorkload).map(({ id }) => id),
    ).toEqual([first.id]);
  });

  it('cancels once, and says when it is too late', async () => {
    const { service, store, onEnd } = await createService();
    const { id } = await service.start(order, by);
    expect(await service.cancel(id, 'user:default/ops')).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'user:default/ops',
    });
    await expect(service.cancel(id, 'x')).rejects.toThrow(
      'The migration is cancelled already',
    );
    expect(onEnd.mock.calls).toEqual([
      [expect.objectContaining({ id, status: 'cancelled' })],
    ]);
    const second = await service.retry(id, by);
    const { lease, migration } = (await store.lease('w', 9_000))!;
    await store.save(lease, migration, { isSourceStopping: true });
    await expect(service.cancel(second.id, 'x')).rejects.toThrow('too late');
    await expect(service.cancel('none', 'x')).rejects.toThrow(
      "There is no migration 'none'",
    );
  });

  it('restores from what another migration has kept, and from nothing else', async () => {
    const { service, end, source } = await createService();
    const { id } = await service.start(order, by);
    const restore = migrationRequestSchema.parse({
      ...order,
      mode: 'restore',
      targetCluster: 'c3',
      checkpointsOf: id,
    });
    await expect(service.start(restore, by)).rejects.toThrow(
      'has no checkpoints',
    );
    const checkpoints = [
      { container: 'a', image: 'i', archiveBytes: 1, layerBytes: 1 },
    ];
    await end('completed', { checkpoints });
    await source.delete('Pod', { namespace: 'demo', name: 'web-1' });
    expect(await service.start(restore, by)).toMatchObject({
      mode: 'restore',
      checkpoints,
      steps: expect.not.arrayContaining([
        expect.objectContaining({ name: 'checkpoint' }),
      ]),
    });
    await expect(
      service.start({ ...restore, pod: 'other' }, by),
    ).rejects.toThrow('name that pod');
  });

  it('holds and releases', async () => {
    const { service } = await createService();
    const { id } = await service.start(order, by);
    expect(await service.hold(id, 'user:default/ops')).toMatchObject({
      heldBy: 'user:default/ops',
    });
    expect((await service.release(id)).heldBy).toBeUndefined();
  });
});
