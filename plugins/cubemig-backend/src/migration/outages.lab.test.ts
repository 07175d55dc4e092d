import { Migration } from '@cubemig/plugin-cubemig-common';
import { setTimeout as delay } from 'node:timers/promises';
import { KubePod } from '../clusters';
import { isPodReady } from '../pods';
import { useLab } from './__testUtils__/useLab';

jest.setTimeout(120_000);

const namespace = 'demo';
const targetCluster = 'cluster2';
const completed = { status: 'completed' };
const KINDS = ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet'] as const;

/** API servers, kubelets and nodes that are away for a moment cost no pod, and double none. */
describe('in the lab', () => {
  const used = useLab(
    { portBase: 21_530, subnet: 225, manifests: [] },
    { migration: { settleSeconds: 0 } },
  );
  let count = 0;

  /** Starts a workload of one pod. Resolves to its pod. */
  async function start(kind: (typeof KINDS)[number], replicasThere?: number) {
    count += 1;
    const name = `w${count}`;
    await used.lab.admin('cluster1').create(kind, build(kind, name) as any);
    if (replicasThere !== undefined) {
      const there = build(kind, name, replicasThere);
      await used.lab.admin('cluster2').create(kind, there as any);
    }
    const pod = await used.lab.awaitPodOf('cluster1', name);
    return (await used.lab.client('cluster1').get('Pod', {
      namespace,
      name: pod,
    }))!;
  }

  const living = async (cluster: string, { metadata }: KubePod) =>
    (
      await used.lab.admin(cluster).list('Pod', {
        namespace,
        labelSelector: `app=${metadata!.labels!.app}`,
      })
    ).filter(pod => !pod.metadata?.deletionTimestamp);

  /** Looks whether the restored pod serves, and nothing else does. Resolves to how the migration ended. */
  async function judge(source: KubePod, ended: Migration) {
    const { status, failure } = ended;
    if (failure) return { status, failure };
    await used.lab.awaitGone('cluster1', source.metadata!.name!);
    expect(await living('cluster1', source)).toEqual([]);
    const pods = await living('cluster2', source);
    expect(pods.map(({ metadata }) => metadata?.uid)).toEqual([
      ended.target?.uid,
    ]);
    expect(isPodReady(pods[0])).toBe(true);
    return { status };
  }

  async function expectKept(source: KubePod) {
    const name = source.metadata!.name!;
    await used.lab.awaitPod('cluster1', name);
    const pods = await living('cluster1', source);
    expect(pods.map(({ metadata }) => metadata?.uid)).toEqual([
      source.metadata!.uid,
    ]);
    expect(await living('cluster2', source)).toEqual([]);
    expect(
      await used.lab.admin('cluster1').list('Job', { namespace: 'cubemig' }),
    ).toEqual([]);
  }

  const move = ({ metadata }: KubePod) =>
    used.migrations.run({ pod: metadata!.name, targetCluster });

  /** The newest migration, once its courier is at work. */
  const awaitCourier = () =>
    used.migrations.awaitNewest(
      ({ status, steps }) =>
        status === 'running' &&
        steps.some(({ phases = [] }) =>
          phases.some(phase => phase.status === 'running'),
        ),
    );

  const timelineOf = async ({ id }: Migration) =>
    (await used.migrations.store.listEvents(id)).map(({ message }) => message);

  it.each([
    ['Pod', undefined],
    ['Deployment', undefined],
    ['Deployment', 0],
    ['ReplicaSet', 0],
    ['StatefulSet', undefined],
    ['StatefulSet', 0],
  ] as const)(
    "moves a %s's pod (replicas there: %s) although the answer to each change is lost",
    async (kind, replicasThere) => {
      const source = await start(kind, replicasThere);
      const { lostAnswers } = used.migrations;
      const before = lostAnswers.count;
      lostAnswers.isOn = true;
      const ended = await move(source).finally(() => {
        lostAnswers.isOn = false;
      });
      expect(await judge(source, ended)).toEqual(completed);
      expect(lostAnswers.count - before).toBeGreaterThan(4);
    },
  );

  it.each([1, 2])(
    'moves a pod while the API server of cluster%i comes and goes',
    async number => {
      const source = await start('Deployment', 0);
      let isOver = false;
      const moving = move(source).finally(() => {
        isOver = true;
      });
      await used.migrations.awaitNewest(({ status }) => status === 'running');
      let outages = 0;
      while (!isOver) {
        outages += 1;
        await used.lab.fault({
          cluster: `cluster${number}`,
          fault: 'api-unreachable',
        });
        await delay(1_000);
        await used.lab.mend();
        // Longer than the first pauses between two attempts.
        await delay(1_500);
      }
      const ended = await moving;
      expect(await judge(source, ended)).toEqual(completed);
      expect(outages).toBeGreaterThan(1);
      expect(await timelineOf(ended)).toContainEqual(
        expect.stringContaining(`The API server of cluster${number} gives no`),
      );
    },
  );

  it('waits for a kubelet that is away when it is to be asked', async () => {
    const source = await start('Pod');
    await used.lab.fault({ cluster: 'cluster1', fault: 'kubelet-unreachable' });
    const moving = move(source);
    // Its log is not to be had while the kubelet is away.
    await used.migrations.awaitNewest(async () => {
      const couriers = await used.lab
        .admin('cluster1')
        .list('Pod', { namespace: 'cubemig' });
      return couriers.some(({ status }) => status?.phase === 'Running');
    });
    await delay(2_000);
    await used.lab.mend();
    expect(await judge(source, await moving)).toEqual(completed);
  });

  it('fails when the kubelet falls silent in the midst of the checkpoint, and moves the pod when it is told to again', async () => {
    const source = await start('Deployment', 0);
    await used.lab.fault({ cluster: 'cluster1', fault: 'checkpoint-hangs' });
    let isOver = false;
    const moving = move(source).finally(() => {
      isOver = true;
    });
    const away = { cluster: 'cluster1', fault: 'kubelet-unreachable' };
    await Promise.race([awaitCourier(), moving]);
    // Whatever was asked between two of these was asked in vain.
    while (!isOver) {
      await used.lab.fault(away);
      await used.lab.mend(away);
      await delay(500);
    }
    expect(await moving).toMatchObject({
      status: 'failed',
      failure: { step: 'checkpoint', code: 'kubelet-silent' },
    });
    await used.lab.mend();
    await expectKept(source);
    expect(await judge(source, await move(source))).toEqual(completed);
  });

  it('moves a pod although its node is not ready for a while', async () => {
    const source = await start('Pod');
    const moving = move(source);
    await Promise.race([awaitCourier(), moving]);
    await used.lab.fault({ cluster: 'cluster1', fault: 'node-not-ready' });
    await delay(2_000);
    await used.lab.mend();
    expect(await judge(source, await moving)).toEqual(completed);
  });

  it('fails when the node dies in the midst of the checkpoint, and leaves the pod to it', async () => {
    const source = await start('Pod');
    await used.lab.fault({ cluster: 'cluster1', fault: 'checkpoint-hangs' });
    const moving = move(source);
    await Promise.race([awaitCourier(), moving]);
    await used.lab.fault({ cluster: 'cluster1', fault: 'node-killed' });
    await delay(2_000);
    await used.lab.mend();
    const ended = await moving;
    expect(ended).toMatchObject({
      status: 'failed',
      failure: { step: 'checkpoint', remedy: expect.stringMatching(/./) },
    });
    await expectKept(source);
  });
});

function build(kind: string, name: string, replicas = 1) {
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'counter', image: 'registry.lab/demo/counter:1' }],
    },
  };
  if (kind === 'Pod') {
    return {
      metadata: { namespace, name, ...template.metadata },
      spec: template.spec,
    };
  }
  const selector = { matchLabels: { app: name } };
  const service = kind === 'StatefulSet' ? { serviceName: name } : {};
  return {
    metadata: { namespace, name },
    spec: { replicas, selector, ...service, template },
  };
}
