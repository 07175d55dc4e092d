import type { RunningCluster } from '../../cluster/startCluster';
import { POD_SPEC } from '../../testing/TestCluster';
import { request } from '../../testing/request';
import { startTestCluster } from '../../testing/startTestCluster';
import { waitUntil } from '../../testing/waitUntil';

describe('evictions', () => {
  let cluster: RunningCluster;

  const createBudget = (name: string) =>
    cluster.store.create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace: 'default' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'shop' } } },
    });
  beforeEach(async () => {
    cluster = await startTestCluster();
    createBudget('guard');
  });

  afterEach(() => cluster.close());

  const runPod = (name: string, isReady = true) => {
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { app: 'shop' } },
      spec: { ...POD_SPEC, nodeName: 'nowhere' },
    });
    cluster.store.mutate('Pod', 'default', name, ({ status }) => {
      status.phase = 'Running';
      status.conditions = [
        { type: 'ContainersReady', status: isReady ? 'True' : 'False' },
      ];
    });
  };
  const untilHealthy = (count: number) =>
    waitUntil(
      `${count} are counted`,
      () =>
        cluster.store.get('PodDisruptionBudget', 'default', 'guard')!.status
          ?.currentHealthy === count,
    );
  const evict = (name: string) =>
    request(cluster, `/api/v1/namespaces/default/pods/${name}/eviction`, {
      method: 'POST',
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
    });
  const isLeaving = (name: string) =>
    cluster.store.get('Pod', 'default', name)!.metadata.deletionTimestamp !==
    undefined;

  it('are refused where the budget has no room', async () => {
    runPod('one');
    await untilHealthy(1);
    const { code, body } = await evict('one');
    expect(code).toBe(429);
    expect(body).toMatchObject({
      reason: 'TooManyRequests',
      message:
        "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message:
              'The disruption budget guard needs 1 healthy pods and has 1 currently',
          },
        ],
      },
    });
    expect(isLeaving('one')).toBe(false);
  });

  it('use the budget up at once', async () => {
    runPod('one');
    runPod('two');
    await untilHealthy(2);
    const answers = await Promise.all([evict('one'), evict('two')]);
    expect(answers.map(({ code }) => code).sort()).toEqual([201, 429]);
    expect([isLeaving('one'), isLeaving('two')].sort()).toEqual([false, true]);
  });

  it('need no budget for a pod that serves nobody', async () => {
    runPod('one');
    runPod('broken', false);
    await untilHealthy(1);
    expect((await evict('broken')).code).toBe(201);
    expect(isLeaving('broken')).toBe(true);
  });

  it('fail where two budgets claim the pod', async () => {
    createBudget('second');
    runPod('one');
    const { code, body } = await evict('one');
    expect([code, body.message]).toEqual([
      500,
      expect.stringContaining('more than one PodDisruptionBudget'),
    ]);
  });
});
