import { POD_SPEC, TestCluster } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const HASH = 'pod-template-hash';

describe('replicaSetController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
  });

  afterEach(() => cluster.stop());

  const createReplicaSet = (replicas: number) =>
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'shop-h' },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'shop', [HASH]: 'h' } },
        template: {
          metadata: { labels: { app: 'shop', [HASH]: 'h' } },
          spec: POD_SPEC,
        },
      },
    });
  const createPod = (name: string, labels: Record<string, string>) =>
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels },
      spec: { ...POD_SPEC, restartPolicy: 'Never' },
    });
  const activeNames = () =>
    cluster
      .pods()
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .map(({ metadata }) => metadata.name);
  const statusOf = () =>
    cluster.store.get('ReplicaSet', 'default', 'shop-h')?.status;
  const scaleTo = (replicas: number) =>
    cluster.store.mutate('ReplicaSet', 'default', 'shop-h', ({ spec }) => {
      spec.replicas = replicas;
    });

  it('starts the pods it wants and counts them', async () => {
    createReplicaSet(2);
    await waitUntil(
      'both are bound',
      () => cluster.pods().filter(({ spec }) => spec.nodeName).length === 2,
    );
    expect(cluster.pods()[0].metadata).toMatchObject({
      generateName: 'shop-h-',
      ownerReferences: [
        { kind: 'ReplicaSet', name: 'shop-h', controller: true },
      ],
    });
    cluster.runPod(activeNames()[0]);
    await waitUntil('one is ready', () => statusOf().readyReplicas === 1);
    expect(statusOf()).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 1,
      availableReplicas: 1,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
    expect(
      cluster.store
        .list('Event', 'default')
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual([
      'Scheduled',
      'Scheduled',
      'SuccessfulCreate',
      'SuccessfulCreate',
    ]);
  });

  it('adopts an orphan that matches instead of starting a pod', async () => {
    createPod('restored', { app: 'shop', [HASH]: 'h' });
    createReplicaSet(1);
    await waitUntil('it is counted', () => statusOf()?.replicas === 1);
    expect(activeNames()).toEqual(['restored']);
  });

  it('deletes an orphan that matches when it wants none', async () => {
    createReplicaSet(0);
    await waitUntil('it was seen', () => statusOf()?.observedGeneration === 1);
    createPod('restored', { app: 'shop', [HASH]: 'h' });
    await waitUntil('it is deleted', () => activeNames().length === 0);
    expect(
      cluster.store.get('Pod', 'default', 'restored')?.status.phase,
    ).not.toBe('Running');
  });

  it('releases a pod that no longer matches, and replaces it', async () => {
    createReplicaSet(1);
    const [name] = await waitUntil(
      'there is a pod',
      () => activeNames().length === 1 && activeNames(),
    );
    cluster.store.mutate('Pod', 'default', name, ({ metadata }) => {
      metadata.labels = { app: 'quarantine' };
    });
    await waitUntil('there are two', () => activeNames().length === 2);
    expect(
      cluster.store.get('Pod', 'default', name)!.metadata.ownerReferences,
    ).toBeUndefined();
  });

  it('keeps the restored pod at cut-over: the extra pod that is not ready goes', async () => {
    createReplicaSet(1);
    const [old] = await waitUntil(
      'there is a pod with a node',
      () => cluster.pods()[0]?.spec.nodeName && activeNames(),
    );
    cluster.runPod(old);
    createPod('restored', { app: 'shop' });
    await waitUntil(
      'it is bound',
      () => cluster.store.get('Pod', 'default', 'restored')!.spec.nodeName,
    );
    cluster.runPod('restored');

    scaleTo(2);
    await waitUntil('the extra pod is there', () => activeNames().length === 3);
    cluster.store.mutate('Pod', 'default', 'restored', ({ metadata }) => {
      metadata.labels = { app: 'shop', [HASH]: 'h' };
    });
    await waitUntil('one went', () => activeNames().length === 2);
    expect(activeNames().sort()).toEqual([old, 'restored'].sort());
    expect(
      cluster.store.get('Pod', 'default', 'restored')!.metadata.ownerReferences,
    ).toMatchObject([{ name: 'shop-h' }]);
  });

  it('drops the pod of the lowest deletion cost first', async () => {
    createReplicaSet(3);
    const names = await waitUntil(
      'all are bound',
      () =>
        cluster.pods().filter(({ spec }) => spec.nodeName).length === 3 &&
        activeNames(),
    );
    names.forEach(name => cluster.runPod(name));
    const [, chosen] = names;
    cluster.store.mutate('Pod', 'default', chosen, ({ metadata }) => {
      metadata.annotations = { [COST]: '-100' };
    });
    scaleTo(2);
    await waitUntil('one went', () => activeNames().length === 2);
    expect(activeNames()).not.toContain(chosen);
    expect(statusOf().terminatingReplicas).toBeLessThanOrEqual(1);
  });

  it('replaces a pod that ended', async () => {
    createReplicaSet(1);
    const [name] = await waitUntil(
      'there is a pod',
      () => activeNames().length === 1 && activeNames(),
    );
    cluster.endPod(name, 'Failed');
    await waitUntil('another is there', () => cluster.pods().length === 2);
    await waitUntil('it is counted', () => statusOf().replicas === 1);
    expect(statusOf().readyReplicas).toBeUndefined();
  });
});
