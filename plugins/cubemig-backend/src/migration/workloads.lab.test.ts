import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kind, Kinds, waitFor } from '../clusters';
import { isPodReady } from '../pods';
import { rangeOf } from './objects';
import { useLab } from './__testUtils__/useLab';

const namespace = 'demo';
const targetCluster = 'cluster2';

const tiers = {
  metadata: { namespace, name: 'tiers' },
  spec: {
    serviceName: 'tiers',
    replicas: 3,
    selector: { matchLabels: { app: 'tiers' } },
    template: {
      metadata: { labels: { app: 'tiers' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'counter', image: 'registry.lab/demo/counter:1' }],
      },
    },
  },
};

/** Whole migrations between the lab's clusters, by CubeMig's own parts and with no more rights than deploy/ grants. */
describe('in the lab', () => {
  const used = useLab(
    {
      portBase: 21_440,
      subnet: 211,
      manifests: [`cluster1=${join(__dirname, '__fixtures__/workloads.yaml')}`],
    },
    { pods: ['solo'], migration: { settleSeconds: 0.2 } },
  );

  /** The ready pods of an app, once there are as many and none is on its way. */
  async function findPods(cluster: string, app: string, count?: number) {
    return waitFor(
      used.lab.admin(cluster),
      'Pod',
      { namespace, labelSelector: `app=${app}` },
      {
        timeoutMs: 60_000,
        signal: new AbortController().signal,
        what: `The pods of ${app} on ${cluster}`,
      },
      pods =>
        pods.length === (count ?? (pods.length || 1)) &&
        pods.every(pod => isPodReady(pod) && !pod.metadata?.deletionTimestamp)
          ? pods.map(({ metadata }) => metadata!)
          : undefined,
    );
  }

  async function read<K extends Kind>(cluster: string, kind: K, name: string) {
    return used.lab.admin(cluster).get(kind, { namespace, name }) as Promise<
      Kinds[K] | undefined
    >;
  }

  it('moves a bare pod, and deletes the source last', async () => {
    const ended = await used.migrations.run({ pod: 'solo', targetCluster });
    expect(ended.failure).toBeUndefined();
    expect(await read('cluster1', 'Pod', 'solo')).toBeUndefined();
    const restored = await read('cluster2', 'Pod', 'solo');
    expect(isPodReady(restored!)).toBe(true);
  });

  it("moves a Deployment's pods one by one", async () => {
    for (const left of [1, 0]) {
      const [{ name }] = await findPods('cluster1', 'pair', left + 1);
      const ended = await used.migrations.run({ pod: name!, targetCluster });
      expect(ended.failure).toBeUndefined();
      const source = await read('cluster1', 'Deployment', 'pair');
      const target = await read('cluster2', 'Deployment', 'pair');
      expect(source?.spec?.replicas).toBe(left);
      expect(target?.spec?.replicas).toBe(2 - left);
      const names = (await findPods('cluster2', 'pair', 2 - left)).map(
        pod => pod.name,
      );
      expect(names).toContain(name);
    }
  });

  it("moves a ReplicaSet's pods one by one", async () => {
    for (const left of [1, 0]) {
      const [{ name }] = await findPods('cluster1', 'plain', left + 1);
      const ended = await used.migrations.run({ pod: name!, targetCluster });
      expect(ended.failure).toBeUndefined();
      expect(
        (await read('cluster1', 'ReplicaSet', 'plain'))?.spec?.replicas,
      ).toBe(left);
      const restored = await read('cluster2', 'Pod', name!);
      expect(restored?.metadata?.ownerReferences).toEqual([
        expect.objectContaining({ kind: 'ReplicaSet', name: 'plain' }),
      ]);
      await findPods('cluster2', 'plain', 2 - left);
    }
  });

  it("moves a StatefulSet's pods from either end, each with its state, and back", async () => {
    await used.lab.admin('cluster1').create('StatefulSet', tiers);
    await used.lab.awaitPod('cluster1', 'tiers-2');
    const middle = await used.migrations.plan({
      pod: 'tiers-1',
      targetCluster,
    });
    expect(middle.blockers.map(({ code }) => code)).toEqual([
      'ordinal-between',
    ]);
    await moveTier(2, targetCluster);
    const apart = await used.migrations.plan({ pod: 'tiers-0', targetCluster });
    expect(apart.blockers.map(({ code }) => code)).toEqual(['ordinals-apart']);
    await moveTheRest('tiers-1');
    expect(await tierRange('cluster1')).toEqual({ start: 0, replicas: 0 });
    expect(await tierRange('cluster2')).toEqual({ start: 0, replicas: 3 });
    await moveTier(0, 'cluster1');
    expect(await tierRange('cluster1')).toEqual({ start: 0, replicas: 1 });
    expect(await tierRange('cluster2')).toEqual({ start: 1, replicas: 2 });
  });

  /** Orders a pod with all that is left of its StatefulSet, and waits for every one of them. */
  async function moveTheRest(pod: string) {
    const { store } = used.migrations;
    const order = { pod, targetCluster, wholeWorkload: true };
    const planned = await used.migrations.plan(order);
    expect(
      planned.actions.filter(({ kind }) => kind === 'Migration'),
    ).toMatchObject([{ name: 'tiers-0' }]);
    const first = await used.migrations.run(order);
    expect(first.failure).toBeUndefined();
    for (;;) {
      const { items } = await store.list({ pod: 'tiers-0', limit: 1 });
      if (items[0].finishedAt) {
        expect(items[0].failure).toBeUndefined();
        expect((await read(targetCluster, 'Pod', 'tiers-0'))?.metadata).toEqual(
          expect.objectContaining({ uid: items[0].target?.uid }),
        );
        return;
      }
      await delay(50);
    }
  }

  async function tierRange(cluster: string) {
    return rangeOf((await read(cluster, 'StatefulSet', 'tiers'))!);
  }

  /** Moves a pod, and looks whether it is still the very one that was restored when its StatefulSet has settled. */
  async function moveTier(ordinal: number, to: string) {
    const from = to === 'cluster1' ? 'cluster2' : 'cluster1';
    const pod = `tiers-${ordinal}`;
    const before = {
      source: await tierRange(from),
      target: await read(to, 'StatefulSet', 'tiers'),
    };
    const ended = await used.migrations.run({
      pod,
      sourceCluster: from,
      targetCluster: to,
    });
    expect(ended.failure).toBeUndefined();
    const set = (await read(to, 'StatefulSet', 'tiers'))!;
    expect(set.spec?.updateStrategy?.type).toBe('RollingUpdate');
    expect(rangeOf(set).replicas).toBe(
      (before.target?.spec?.replicas ?? 0) + 1,
    );
    expect((await tierRange(from)).replicas).toBe(before.source.replicas - 1);
    await findPods(to, 'tiers', rangeOf(set).replicas);
    expect((await read(to, 'Pod', pod))?.metadata).toMatchObject({
      uid: ended.target?.uid,
      labels: {
        'cubemig.io/migration': ended.id,
        'controller-revision-hash': set.status?.updateRevision,
      },
      ownerReferences: [
        expect.objectContaining({ kind: 'StatefulSet', name: 'tiers' }),
      ],
    });
  }

  it("moves a Job's pod, and suspends the Job", async () => {
    const [{ name }] = await findPods('cluster1', 'chore');
    const ended = await used.migrations.run({ pod: name!, targetCluster });
    expect(ended.failure).toBeUndefined();
    expect((await read('cluster1', 'Job', 'chore'))?.spec?.suspend).toBe(true);
    const restored = await read('cluster2', 'Pod', name!);
    expect(restored?.metadata?.labels).not.toHaveProperty('job-name');
    expect(await used.lab.admin('cluster2').list('Job', { namespace })).toEqual(
      [],
    );
  });
});
