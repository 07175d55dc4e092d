import { POD_SPEC, TestCluster } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';

describe('namespaceController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  it('gives every namespace an account and the CA, again and again', async () => {
    const { store } = cluster;
    expect(store.get('ConfigMap', 'default', 'kube-root-ca.crt')!.data).toEqual(
      { 'ca.crt': 'CA' },
    );
    store.delete('ServiceAccount', 'default', 'default');
    await waitUntil('it is back', () =>
      store.get('ServiceAccount', 'default', 'default'),
    );
  });

  it('empties a namespace before it goes, and lets nothing new in', async () => {
    const { store } = cluster;
    cluster.addNode('a');
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: POD_SPEC,
    });
    await waitUntil('it is bound', () => cluster.pods()[0].spec.nodeName);
    store.delete('Namespace', undefined, 'default');
    expect(store.get('Namespace', undefined, 'default')).toMatchObject({
      status: { phase: 'Terminating' },
    });
    expect(() =>
      cluster.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'late' },
      }),
    ).toThrow(
      'configmaps "late" is forbidden: unable to create new content in namespace default because it is being terminated',
    );
    await waitUntil(
      'the pod is to go',
      () => cluster.pods()[0].metadata.deletionTimestamp,
    );
    expect(store.get('Namespace', undefined, 'default')).toBeDefined();
    cluster.removeTerminatedPods();
    await waitUntil(
      'it is gone',
      () => !store.get('Namespace', undefined, 'default'),
    );
  });
});
