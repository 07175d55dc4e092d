import { join } from 'node:path';
import { Kind, Kinds, waitFor } from '../clusters';
import { isPodReady } from '../pods';
import { useLab } from './__testUtils__/useLab';

jest.setTimeout(120_000);

const namespace = 'demo';
const targetCluster = 'cluster2';

/** Whole migrations between the lab's clusters, by CubeMig's own parts and with no more rights than deploy/ grants. */
describe('in the lab', () => {
  const used = useLab(
    {
      portBase: 21_440,
      subnet: 211,
      manifests: [`cluster1=${join(__dirname, '__fixtures__/workloads.yaml')}`],
    },
    { pods: ['solo', 'ranks-1'] },
  );

  /** The ready pods of an app, once there are as many and none is on its way. */
  async function findPods(cluster: string, app: string, count?: number) {
    return waitFor(
      used.lab.admin(cluster),
      'Pod',
      { namespace, labelSelector: `app=${app}` },
      {
        timeoutMs: 30_000,
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

  it("moves a StatefulSet's highest ordinal, and it keeps its state", async () => {
    const lower = await used.migrations.plan({ pod: 'ranks-0', targetCluster });
    expect(lower.blockers.map(({ code }) => code)).toEqual([
      'not-highest-ordinal',
    ]);
    const ended = await used.migrations.run({ pod: 'ranks-1', targetCluster });
    expect(ended.failure).toBeUndefined();
    const set = await read('cluster2', 'StatefulSet', 'ranks');
    expect(set?.spec).toMatchObject({
      replicas: 1,
      ordinals: { start: 1 },
      updateStrategy: { type: 'RollingUpdate' },
    });
    const restored = await read('cluster2', 'Pod', 'ranks-1');
    expect(restored?.metadata).toMatchObject({
      uid: ended.target?.uid,
      labels: {
        'cubemig.io/migration': ended.id,
        'controller-revision-hash': set?.status?.updateRevision,
      },
      ownerReferences: [
        expect.objectContaining({ kind: 'StatefulSet', name: 'ranks' }),
      ],
    });
    expect(
      (await read('cluster1', 'StatefulSet', 'ranks'))?.spec?.replicas,
    ).toBe(1);
  });

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
