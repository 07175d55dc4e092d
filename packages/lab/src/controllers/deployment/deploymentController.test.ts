import { POD_SPEC, TestCluster } from '../../testing/TestCluster';
import { waitUntil } from '../../testing/waitUntil';
import recordedDeployment from './__fixtures__/deployment-adopted.json';
import recordedReplicaSet from './__fixtures__/replicaset-adopted.json';

const HASH = 'pod-template-hash';

describe('deploymentController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
  });

  afterEach(() => cluster.stop());

  const createDeployment = (spec: object = {}) =>
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'shop' } },
        template: { metadata: { labels: { app: 'shop' } }, spec: POD_SPEC },
        ...spec,
      },
    });
  const deployment = () => cluster.store.get('Deployment', 'default', 'shop')!;
  const replicaSets = () => cluster.store.list('ReplicaSet', 'default');
  const changeSpec = (change: (spec: any) => void) =>
    cluster.store.mutate('Deployment', 'default', 'shop', ({ spec }) =>
      change(spec),
    );
  const runAllPods = () =>
    cluster
      .pods()
      .filter(
        ({ spec, status, metadata }) =>
          spec.nodeName &&
          status.phase === 'Pending' &&
          !metadata.deletionTimestamp,
      )
      .forEach(({ metadata }) => cluster.runPod(metadata.name));
  const untilComplete = () =>
    waitUntil('the rollout is complete', () => {
      cluster.removeTerminatedPods();
      runAllPods();
      const { status, metadata, spec } = deployment();
      return (
        status.observedGeneration === metadata.generation &&
        status.replicas === spec.replicas &&
        status.updatedReplicas === spec.replicas &&
        status.availableReplicas === spec.replicas &&
        status
      );
    });

  it('makes a ReplicaSet whose pods carry the hash of the template', async () => {
    createDeployment({ replicas: 2 });
    const status = await untilComplete();
    const [replicaSet] = replicaSets();
    const hash = replicaSet.metadata.labels![HASH];
    expect(replicaSet.metadata).toMatchObject({
      name: `shop-${hash}`,
      annotations: {
        'deployment.kubernetes.io/revision': '1',
        'deployment.kubernetes.io/desired-replicas': '2',
        'deployment.kubernetes.io/max-replicas': '3',
      },
    });
    expect(replicaSet.spec.selector.matchLabels).toEqual({
      app: 'shop',
      [HASH]: hash,
    });
    expect(status).toMatchObject({
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
    });
    expect(status.unavailableReplicas).toBeUndefined();
  });

  it('takes over a restored pod through a ReplicaSet that it adopts, as recorded', async () => {
    const hash = 'cm1a2b3c';
    const labels = { app: 'counter-dep', [HASH]: hash };
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'restored', labels },
      spec: { ...POD_SPEC, restartPolicy: 'Never' },
    });
    await waitUntil(
      'the pod is bound',
      () => cluster.store.get('Pod', 'default', 'restored')!.spec.nodeName,
    );
    cluster.runPod('restored');

    const {
      metadata: { name, labels: replicaSetLabels },
      spec,
    } = recordedReplicaSet;
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, labels: replicaSetLabels },
      spec,
    });
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: recordedDeployment.metadata.name },
      spec: recordedDeployment.spec,
    });
    const adopted = await waitUntil('the deployment is available', () => {
      const found = cluster.store.get('Deployment', 'default', 'counter');
      return found?.status.availableReplicas === 1 && found;
    });

    expect(cluster.pods().map(({ metadata }) => metadata.name)).toEqual([
      'restored',
    ]);
    const [replicaSet] = replicaSets();
    expect(replicaSets()).toHaveLength(1);
    expect(replicaSet.spec).toEqual(recordedReplicaSet.spec);
    expect(replicaSet.status).toEqual(recordedReplicaSet.status);
    expect(replicaSet.metadata.annotations).toEqual(
      recordedReplicaSet.metadata.annotations,
    );
    expect(replicaSet.metadata.ownerReferences).toEqual([
      {
        ...recordedReplicaSet.metadata.ownerReferences[0],
        uid: adopted.metadata.uid,
      },
    ]);
    expect(adopted.spec).toEqual(recordedDeployment.spec);
    expect(adopted.metadata.annotations).toEqual(
      recordedDeployment.metadata.annotations,
    );
    const withoutTimes = ({ conditions, ...counts }: any) => ({
      ...counts,
      conditions: conditions
        .map(({ type, status, reason, message }: any) => ({
          type,
          status,
          reason,
          message,
        }))
        .sort((a: any, b: any) => a.type.localeCompare(b.type)),
    });
    expect(withoutTimes(adopted.status)).toEqual(
      withoutTimes(recordedDeployment.status),
    );
  });

  it('rolls out a new template without too few or too many pods', async () => {
    createDeployment({ replicas: 4 });
    await untilComplete();
    const counts: { ready: number; active: number }[] = [];
    cluster.store.subscribe('Pod', () => {
      const active = cluster
        .pods()
        .filter(({ metadata }) => !metadata.deletionTimestamp);
      counts.push({
        active: active.length,
        ready: active.filter(({ status }) => status.phase === 'Running').length,
      });
    });
    changeSpec(spec => {
      spec.template.spec.containers[0].image = 'demo/counter:2';
    });
    await untilComplete();
    expect(cluster.pods().map(({ spec }) => spec.containers[0].image)).toEqual(
      Array(4).fill('demo/counter:2'),
    );
    expect(Math.max(...counts.map(({ active }) => active))).toBe(5);
    expect(Math.min(...counts.map(({ ready }) => ready))).toBe(3);
    expect(
      replicaSets()
        .map(({ spec }) => spec.replicas)
        .sort(),
    ).toEqual([0, 4]);
    expect(deployment().metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '2',
    });
  });

  it('goes back to an earlier ReplicaSet when the template does', async () => {
    createDeployment();
    await untilComplete();
    const [first] = replicaSets();
    const setImage = (image: string) =>
      changeSpec(spec => {
        spec.template.spec.containers[0].image = image;
      });
    setImage('demo/counter:2');
    await untilComplete();
    setImage('demo/counter:1');
    await untilComplete();
    expect(
      cluster.store.get('ReplicaSet', 'default', first.metadata.name),
    ).toMatchObject({
      spec: { replicas: 1 },
      metadata: {
        annotations: { 'deployment.kubernetes.io/revision': '3' },
      },
    });
    expect(replicaSets()).toHaveLength(2);
  });

  it('waits with Recreate until the old pods are gone', async () => {
    createDeployment({ strategy: { type: 'Recreate' } });
    await untilComplete();
    const [old] = cluster.pods();
    changeSpec(spec => {
      spec.template.spec.containers[0].image = 'demo/counter:2';
    });
    await waitUntil(
      'the old pod is to go',
      () =>
        cluster.store.get('Pod', 'default', old.metadata.name)!.metadata
          .deletionTimestamp,
    );
    expect(cluster.pods()).toHaveLength(1);
    await untilComplete();
    expect(cluster.pods()[0].spec.containers[0].image).toBe('demo/counter:2');
  });

  it('scales, and takes its ReplicaSets and pods along when it is deleted', async () => {
    createDeployment();
    await untilComplete();
    changeSpec(spec => {
      spec.replicas = 3;
    });
    await untilComplete();
    expect(cluster.pods()).toHaveLength(3);
    cluster.store.delete('Deployment', 'default', 'shop');
    await waitUntil('all is gone', () => {
      cluster.removeTerminatedPods();
      return replicaSets().length === 0 && cluster.pods().length === 0;
    });
  });
});
