import { POD_SPEC, TestCluster } from '../../testing/TestCluster';
import { waitUntil } from '../../testing/waitUntil';

describe('disruptionController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
  });

  afterEach(() => cluster.stop());

  const createBudget = (spec: object) =>
    cluster.create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'shop' },
      spec: { selector: { matchLabels: { app: 'shop' } }, ...spec },
    });
  const statusOf = () =>
    cluster.store.get('PodDisruptionBudget', 'default', 'shop')?.status ?? {};
  const runDeployment = async (replicas: number) => {
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'shop' } },
        template: { metadata: { labels: { app: 'shop' } }, spec: POD_SPEC },
      },
    });
    await waitUntil(
      'all are bound',
      () =>
        cluster.pods().filter(({ spec }) => spec.nodeName).length === replicas,
    );
    cluster.pods().forEach(({ metadata }) => cluster.runPod(metadata.name));
  };

  it('allows what is above the minimum', async () => {
    createBudget({ minAvailable: 2 });
    await runDeployment(3);
    await waitUntil('one may go', () => statusOf().disruptionsAllowed === 1);
    expect(statusOf()).toMatchObject({
      observedGeneration: 1,
      currentHealthy: 3,
      desiredHealthy: 2,
      expectedPods: 3,
      conditions: [{ type: 'DisruptionAllowed', status: 'True' }],
    });
    cluster.endPod(cluster.pods()[0].metadata.name, 'Failed');
    await waitUntil('none may go', () => statusOf().disruptionsAllowed === 0);
    expect(statusOf().conditions[0]).toMatchObject({
      status: 'False',
      reason: 'InsufficientPods',
    });
  });

  it('counts a share of what the controllers want, rounded up', async () => {
    createBudget({ maxUnavailable: '34%' });
    await runDeployment(3);
    await waitUntil('two may go', () => statusOf().disruptionsAllowed === 2);
    expect(statusOf()).toMatchObject({ expectedPods: 3, desiredHealthy: 1 });
  });
});
