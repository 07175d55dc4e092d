import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { ClusterApiError, KubePod } from '../../clusters';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import { AlertRecord } from '../store';
import { AlertResolver } from './AlertResolver';
import { MigrationHistory } from './traceLineage';

const alert = {
  id: 'a1',
  cluster: 'c2',
  containerId: '0123456789ab',
  attempts: 0,
} as AlertRecord;

function migration(id: string, from: string, to: string): Migration {
  const place = { namespace: 'demo', pod: 'shop-1' };
  return {
    id,
    createdAt: `2026-11-23T10:00:0${id.slice(1)}.000Z`,
    source: {
      ...place,
      cluster: from,
      owner: { kind: 'Deployment', name: 'shop' },
    },
    target: { ...place, cluster: to },
  } as Migration;
}

function history(...all: Migration[]): MigrationHistory {
  return {
    get: async id => all.find(found => found.id === id),
    list: async ({ until = '' }) => {
      const items = all.filter(({ createdAt }) => createdAt < until).reverse();
      return { items, total: items.length };
    },
  };
}

async function create(
  options: { migrations?: MigrationHistory; labels?: object } = {},
) {
  const cluster = new MemoryCluster('c2');
  await cluster.create('Pod', {
    metadata: {
      name: 'shop-1',
      namespace: 'demo',
      labels: { 'backstage.io/kubernetes-id': 'shop', ...options.labels },
    },
    spec: { containers: [] },
    status: {
      containerStatuses: [
        {
          name: 'web',
          containerID: `cri-o://${'0123456789ab'.padEnd(64, 'c')}`,
          state: { running: {} },
        },
      ],
    },
  } as unknown as KubePod);
  const resolver = new AlertResolver({
    clusters: {
      list: async () => [],
      getClient: async name => {
        if (name !== 'c2') throw new NotFoundError(name);
        return cluster;
      },
    },
    entities: { find: async (id: string) => `component:default/${id}` } as any,
    grantedNamespaces: ['demo'],
    logger: mockServices.logger.mock(),
    migrations: options.migrations ?? history(),
  });
  return { cluster, resolver };
}

describe('AlertResolver', () => {
  it('finds a pod by the id of its container', async () => {
    const { resolver } = await create();
    const { found } = await resolver.resolve(alert);
    expect(found).toMatchObject({
      namespace: 'demo',
      pod: 'shop-1',
      podUid: expect.any(String),
      container: 'web',
      workload: { kind: 'Pod', name: 'shop-1' },
      kubernetesId: 'shop',
      entityRef: 'component:default/shop',
      lineage: 'c2/demo/Pod/shop-1',
    });
  });

  it('follows a pod back through all its migrations', async () => {
    const { resolver } = await create({
      labels: { 'cubemig.io/migration': 'm3' },
      migrations: history(
        migration('m1', 'c1', 'c9'),
        migration('m2', 'c1', 'c3'),
        migration('m3', 'c3', 'c2'),
      ),
    });
    const { found } = await resolver.resolve(alert);
    expect(found?.lineage).toBe('c1/demo/Deployment/shop');
  });

  it('is not fooled by a pod that has taken the name', async () => {
    const { resolver } = await create();
    const other = { namespace: 'demo', pod: 'shop-1', containerId: 'ffff' };
    const outcome = await resolver.resolve({ ...alert, ...other });
    expect(outcome).toEqual({ id: 'a1', retryAfterMs: expect.any(Number) });
  });

  it('gives up in the end, and at once where it has no business', async () => {
    const { resolver } = await create();
    const late = { ...alert, containerId: 'ffff', attempts: 3 };
    expect(await resolver.resolve(late)).toEqual({ id: 'a1' });
    const elsewhere = { ...alert, namespace: 'kube-system' };
    expect(await resolver.resolve(elsewhere)).toEqual({ id: 'a1' });
    const unknown = { ...alert, cluster: 'c7' };
    expect(await resolver.resolve(unknown)).toEqual({ id: 'a1' });
  });

  it('tries again when the cluster does not answer', async () => {
    const { cluster, resolver } = await create();
    cluster.list = async () => {
      throw new ClusterApiError('c2', 503, 'ServiceUnavailable', 'down');
    };
    expect(await resolver.resolve(alert)).toEqual({
      id: 'a1',
      retryAfterMs: 2000,
    });
  });

  it("tells our own CRIU's work from others'", async () => {
    const own = {
      ...migration('m1', 'c2', 'c3'),
      startedAt: '2026-11-23T10:00:02.000Z',
      finishedAt: '2026-11-23T10:00:30.000Z',
    };
    own.source.node = 'worker-1';
    own.target!.node = 'worker-7';
    const { resolver } = await create({
      migrations: {
        ...history(own),
        list: async () => ({ items: [own], total: 1 }),
      },
    });
    const causeOf = async (change: object) =>
      (
        await resolver.resolve({
          ...alert,
          containerId: undefined,
          hostname: 'worker-1',
          rule: 'PTRACE attached to process',
          fields: { 'proc.name': 'criu' },
          firstAt: '2026-11-23T10:00:20.000Z',
          ...change,
        })
      ).causedBy;
    expect(await causeOf({})).toBe('m1');
    expect(await causeOf({ cluster: 'c3', hostname: 'worker-7' })).toBe('m1');
    expect(await causeOf({ hostname: 'worker-7' })).toBeUndefined();
    expect(await causeOf({ fields: { 'proc.name': 'gdb' } })).toBeUndefined();
    expect(await causeOf({ rule: 'Another' })).toBeUndefined();
    // A name that anybody inside a container can give to a process.
    expect(await causeOf({ containerId: 'c'.repeat(12) })).toBeUndefined();
    const later = '2026-11-23T10:01:31.000Z';
    expect(await causeOf({ firstAt: later })).toBeUndefined();
  });
});
