import type { KubeObject } from '../../api/ClusterStore';
import { POD_SPEC, TestCluster } from '../../testing/TestCluster';
import { waitUntil } from '../../testing/waitUntil';

const REVISION = 'controller-revision-hash';

describe('statefulSetController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
  });

  afterEach(() => cluster.stop());

  const createSet = (replicas: number, spec: object = {}) =>
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: POD_SPEC },
        ...spec,
      },
    });
  const change = (edit: (set: KubeObject) => void) =>
    cluster.store.mutate('StatefulSet', 'default', 'db', edit);
  const statusOf = () =>
    cluster.store.get('StatefulSet', 'default', 'db')?.status;
  const find = (name: string) => cluster.store.get('Pod', 'default', name);
  const names = () => cluster.pods().map(({ metadata }) => metadata.name);
  const untilBound = (name: string, notUid?: string) =>
    waitUntil(`${name} is bound`, () => {
      const pod = find(name);
      return pod?.spec.nodeName && pod.metadata.uid !== notUid && pod;
    });
  const runSet = async (count: number) => {
    for (let ordinal = 0; ordinal < count; ordinal++) {
      await untilBound(`db-${ordinal}`);
      cluster.runPod(`db-${ordinal}`);
    }
    await waitUntil('all are ready', () => statusOf()?.readyReplicas === count);
  };
  const createRestored = (labels: Record<string, string> = { app: 'db' }) =>
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'db-0', labels },
      spec: { ...POD_SPEC, restartPolicy: 'Never' },
    });

  it('starts its pods in order, each with its own name', async () => {
    createSet(2);
    const first = await untilBound('db-0');
    expect(names()).toEqual(['db-0']);
    expect(first).toMatchObject({
      metadata: {
        generateName: 'db-',
        labels: {
          app: 'db',
          'apps.kubernetes.io/pod-index': '0',
          'statefulset.kubernetes.io/pod-name': 'db-0',
          [REVISION]: statusOf().updateRevision,
        },
        ownerReferences: [{ kind: 'StatefulSet', name: 'db' }],
      },
      spec: { hostname: 'db-0', subdomain: 'db' },
    });
    await runSet(2);
    expect(statusOf()).toEqual({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 2,
      currentRevision: statusOf().updateRevision,
      updateRevision: expect.stringMatching(/^db-/),
      collisionCount: 0,
    });
  });

  it('drops the highest ordinal, whatever its deletion cost', async () => {
    createSet(2);
    await runSet(2);
    cluster.store.mutate('Pod', 'default', 'db-0', ({ metadata }) => {
      metadata.annotations = {
        'controller.kubernetes.io/pod-deletion-cost': '-100',
      };
    });
    change(({ spec }) => {
      spec.replicas = 1;
    });
    await waitUntil(
      'one goes',
      () => find('db-1')?.metadata.deletionTimestamp !== undefined,
    );
    expect(find('db-0')!.metadata.deletionTimestamp).toBeUndefined();
  });

  it('deletes a matching pod where it stands at 0 replicas', async () => {
    createSet(0);
    await waitUntil('it was seen', () => statusOf()?.observedGeneration === 1);
    const { uid } = createRestored().metadata;
    await waitUntil(
      'the pod is taken away',
      () => find('db-0')?.metadata.deletionTimestamp ?? !find('db-0'),
    );
    cluster.removeTerminatedPods();
    expect(find('db-0')?.metadata.uid).not.toBe(uid);
  });

  it('leaves alone pods of other names', async () => {
    createSet(0);
    await waitUntil('it was seen', () => statusOf()?.observedGeneration === 1);
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', labels: { app: 'db' } },
      spec: POD_SPEC,
    });
    await untilBound('other');
    expect(find('other')!.metadata.ownerReferences).toBeUndefined();
  });

  it('replaces an adopted pod without revision when it rolls updates out', async () => {
    const { uid } = createRestored().metadata;
    await untilBound('db-0');
    cluster.runPod('db-0');
    createSet(1);
    await waitUntil(
      'it goes',
      () => find('db-0')?.metadata.deletionTimestamp !== undefined,
    );
    cluster.removeTerminatedPods();
    const fresh = await untilBound('db-0', uid);
    expect(fresh.spec.restartPolicy).toBe('Always');
  });

  it('keeps an adopted pod: OnDelete first, then its revision, then RollingUpdate', async () => {
    const { uid } = createRestored().metadata;
    await untilBound('db-0');
    cluster.runPod('db-0');
    createSet(1, { updateStrategy: { type: 'OnDelete' } });
    await waitUntil(
      'it is adopted',
      () => find('db-0')?.metadata.ownerReferences?.[0].name === 'db',
    );
    const { updateRevision } = await waitUntil(
      'it is counted',
      () => statusOf()?.readyReplicas === 1 && statusOf(),
    );
    expect(find('db-0')!.metadata.labels![REVISION]).toBeUndefined();
    expect(statusOf().updatedReplicas).toBeUndefined();

    cluster.store.mutate('Pod', 'default', 'db-0', ({ metadata }) => {
      metadata.labels![REVISION] = updateRevision;
    });
    await waitUntil(
      'it counts as updated',
      () => statusOf().updatedReplicas === 1,
    );
    change(({ spec }) => {
      spec.updateStrategy = {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      };
    });
    await waitUntil('it was seen', () => statusOf().observedGeneration === 2);
    expect(find('db-0')!.metadata).toMatchObject({ uid });
    expect(find('db-0')!.metadata.deletionTimestamp).toBeUndefined();
  });

  it('takes in a pod below its first, once it was told to begin there', async () => {
    createSet(1, {
      ordinals: { start: 1 },
      updateStrategy: { type: 'OnDelete' },
    });
    await untilBound('db-1');
    cluster.runPod('db-1');
    const { uid } = createRestored({}).metadata;
    await untilBound('db-0');
    cluster.runPod('db-0');
    change(({ spec }) => {
      spec.ordinals.start = 0;
      spec.replicas = 2;
    });
    // The name is taken by a pod that does not match yet: all that comes of it is an event.
    await waitUntil('it was seen', () => statusOf().observedGeneration === 2);
    cluster.store.mutate('Pod', 'default', 'db-0', ({ metadata }) => {
      metadata.labels = { app: 'db' };
    });
    await waitUntil('both are its own', () => statusOf().readyReplicas === 2);
    expect(find('db-0')!.metadata.uid).toBe(uid);
    for (const error of cluster.takeErrors()) {
      expect(error).toMatchObject({ reason: 'AlreadyExists' });
    }
  });

  it('lets its first go when it begins one later', async () => {
    createSet(2);
    await runSet(2);
    change(({ spec }) => {
      spec.ordinals = { start: 1 };
      spec.replicas = 1;
    });
    await waitUntil(
      'the first goes',
      () => find('db-0')?.metadata.deletionTimestamp !== undefined,
    );
    expect(find('db-1')!.metadata.deletionTimestamp).toBeUndefined();
  });

  it('replaces pods of an old template, the highest ordinal first, and knows the template again', async () => {
    createSet(2);
    await runSet(2);
    const firstRevision = statusOf().updateRevision;
    const setImage = (image: string) =>
      change(({ spec }) => {
        spec.template.spec.containers[0].image = image;
      });
    setImage('demo/counter:2');
    await waitUntil(
      'the last goes',
      () => find('db-1')!.metadata.deletionTimestamp !== undefined,
    );
    expect(find('db-0')!.metadata.deletionTimestamp).toBeUndefined();
    const secondRevision = statusOf().updateRevision;
    expect(secondRevision).not.toBe(firstRevision);
    expect(statusOf().currentRevision).toBe(firstRevision);

    setImage('demo/counter:1');
    await waitUntil(
      'the first revision is back',
      () => statusOf().updateRevision === firstRevision,
    );
    const revisions = cluster.store.list('ControllerRevision', 'default');
    expect(
      revisions.map(({ metadata, revision }) => [metadata.name, revision]),
    ).toEqual(
      expect.arrayContaining([
        [firstRevision, 3],
        [secondRevision, 2],
      ]),
    );
  });

  it('replaces a pod that ended by a fresh one of the same name', async () => {
    createSet(1);
    await runSet(1);
    const { uid } = find('db-0')!.metadata;
    cluster.endPod('db-0', 'Failed');
    const fresh = await untilBound('db-0', uid);
    expect(fresh.status.phase).toBe('Pending');
  });

  it('gives each pod claims of its own, which stay', async () => {
    createSet(1, {
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        },
      ],
    });
    const pod = await untilBound('db-0');
    expect(pod.spec.volumes[0]).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'data-db-0' },
    });
    cluster.store.delete('StatefulSet', 'default', 'db');
    await waitUntil(
      'the pod goes',
      () => find('db-0')?.metadata.deletionTimestamp !== undefined,
    );
    expect(
      cluster.store.get('PersistentVolumeClaim', 'default', 'data-db-0'),
    ).toBeDefined();
  });
});
