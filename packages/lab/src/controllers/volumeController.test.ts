import { TestCluster } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';
import { PROVISIONER } from './volumeController';

describe('volumeController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.store.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'standard',
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: PROVISIONER,
    });
  });

  afterEach(() => cluster.stop());

  const createClaim = (spec: object = {}) =>
    cluster.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '2Gi' } },
        ...spec,
      },
    });
  const findClaim = () =>
    cluster.store.get('PersistentVolumeClaim', 'default', 'data')!;
  const volumes = () => cluster.store.list('PersistentVolume');

  it('gives a claim of the default class a volume, and takes it away with the claim', async () => {
    const { metadata } = createClaim();
    await waitUntil('it is bound', () => findClaim().status.phase === 'Bound');
    expect(findClaim()).toMatchObject({
      spec: { storageClassName: 'standard', volumeName: `pvc-${metadata.uid}` },
      status: { capacity: { storage: '2Gi' }, accessModes: ['ReadWriteOnce'] },
    });
    expect(volumes()).toMatchObject([
      {
        spec: { claimRef: { name: 'data', uid: metadata.uid } },
        status: { phase: 'Bound' },
      },
    ]);
    cluster.store.delete('PersistentVolumeClaim', 'default', 'data');
    await waitUntil('the volume is gone', () => volumes().length === 0);
  });

  it('waits for the class that a claim names', async () => {
    createClaim({ storageClassName: 'fast' });
    expect(findClaim().status.phase).toBe('Pending');
    cluster.store.create({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: PROVISIONER,
      reclaimPolicy: 'Retain',
    });
    await waitUntil('it is bound', () => findClaim().status.phase === 'Bound');
    cluster.store.delete('PersistentVolumeClaim', 'default', 'data');
    await waitUntil(
      'the volume is released',
      () => volumes()[0].status.phase === 'Released',
    );
  });
});
