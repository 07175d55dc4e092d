import { POD_SPEC, TestCluster } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';

describe('garbageCollector', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'shop' },
      spec: {
        selector: { matchLabels: { app: 'shop' } },
        template: { metadata: { labels: { app: 'shop' } }, spec: POD_SPEC },
      },
    });
    await waitUntil('its pod is bound', () => cluster.pods()[0]?.spec.nodeName);
  });

  afterEach(() => cluster.stop());

  const owner = () => cluster.store.get('ReplicaSet', 'default', 'shop');
  const deleteOwner = (
    propagationPolicy: 'Background' | 'Foreground' | 'Orphan',
  ) =>
    cluster.store.delete('ReplicaSet', 'default', 'shop', {
      propagationPolicy,
    });

  it('takes dependents along after their owner', async () => {
    deleteOwner('Background');
    expect(owner()).toBeUndefined();
    await waitUntil(
      'the pod is to go',
      () => cluster.pods()[0].metadata.deletionTimestamp,
    );
  });

  it('keeps an owner until its dependents are gone, in the foreground', async () => {
    deleteOwner('Foreground');
    await waitUntil(
      'the pod is to go',
      () => cluster.pods()[0].metadata.deletionTimestamp,
    );
    expect(owner()!.metadata.finalizers).toEqual(['foregroundDeletion']);
    cluster.removeTerminatedPods();
    await waitUntil('the owner is gone', () => !owner());
  });

  it('lets dependents go on without their owner', async () => {
    deleteOwner('Orphan');
    await waitUntil('the owner is gone', () => !owner());
    const [pod] = cluster.pods();
    expect(pod.metadata.ownerReferences).toBeUndefined();
    expect(pod.metadata.deletionTimestamp).toBeUndefined();
  });

  it('deletes what names an owner that never was', async () => {
    cluster.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'lost',
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'never' },
        ],
      },
    });
    const isGone = () => !cluster.store.get('ConfigMap', 'default', 'lost');
    await expect(waitUntil('it is gone', isGone)).resolves.toBe(true);
  });
});
