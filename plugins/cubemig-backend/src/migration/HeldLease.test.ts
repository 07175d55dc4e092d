import { TestDatabases } from '@backstage/backend-test-utils';
import { performance } from 'node:perf_hooks';
import { MemoryCluster } from '../clusters/__testUtils__/MemoryCluster';
import { fence } from './fence';
import { HeldLease, LEASE_MS } from './HeldLease';
import { LeaseLostError } from './store';
import { createStore, migration } from './store/__testUtils__/stored';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const pod = { metadata: { namespace: 'demo', name: 'p' } };

async function hold(takenAt: number) {
  const store = await createStore(databases, 'SQLITE_3');
  await store.add(migration('a'));
  const { lease } = (await store.lease('w', LEASE_MS))!;
  const held = new HeldLease(lease, store, takenAt, () => {});
  const cluster = new MemoryCluster('c1');
  return { held, cluster, client: fence(cluster, held.assertHeld) };
}

describe('HeldLease', () => {
  it('lets clusters be changed while it is held', async () => {
    const { held, client } = await hold(performance.now());
    await client.create('Pod', pod);
    expect(await client.list('Pod', { namespace: 'demo' })).toHaveLength(1);
    expect(held.signal.aborted).toBe(false);
    held.end();
  });

  it('lets nothing be changed once it may have lapsed, though nobody has said so', async () => {
    const { held, client, cluster } = await hold(
      performance.now() - LEASE_MS - 1,
    );
    expect(() => client.create('Pod', pod)).toThrow(LeaseLostError);
    expect(await client.list('Pod', { namespace: 'demo' })).toEqual([]);
    expect(cluster.changes).toEqual([]);
    expect(held.signal.aborted).toBe(true);
    held.end();
  });
});
