import { TestCluster } from '../testing/TestCluster';
import { applyManifests } from './applyManifests';
import { parseManifests } from './readManifests';

const TEXT = `
# The order of the documents does not matter.
apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: demo }
spec:
  serviceAccountName: shop
  containers: [{ name: a, image: b }]
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ServiceAccount, metadata: { name: shop, namespace: demo } }
---
---
apiVersion: v1
kind: Namespace
metadata: { name: demo, labels: { a: b } }
`;

describe('applyManifests', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  it('creates what others need first, and merges into what is there', async () => {
    const drafts = parseManifests(TEXT, 'test');
    await applyManifests(cluster.store, drafts);
    expect(cluster.store.get('Pod', 'demo', 'shop')).toBeDefined();
    await applyManifests(cluster.store, [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'demo', labels: { c: 'd' } },
      },
    ]);
    expect(
      cluster.store.get('Namespace', undefined, 'demo')!.metadata.labels,
    ).toMatchObject({ a: 'b', c: 'd' });
  });

  it('names what it does not know', async () => {
    await expect(
      applyManifests(cluster.store, [
        { apiVersion: 'x/v1', kind: 'Toy', metadata: { name: 't' } },
      ]),
    ).rejects.toThrow('the lab serves no kind Toy (t)');
  });
});
