import { TestCluster, POD_SPEC } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';

const LOST = [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }];

describe('evictionController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('a');
  });

  afterEach(() => cluster.stop());

  const place = (name: string, tolerations: object[]) =>
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { ...POD_SPEC, nodeName: 'a', tolerations },
    });
  const isLeaving = (name: string) =>
    cluster.store.get('Pod', 'default', name)?.metadata.deletionTimestamp !==
    undefined;

  it('takes pods off a lost node when their patience is over', async () => {
    const bearing = (tolerationSeconds?: number) => [
      {
        key: 'node.kubernetes.io/unreachable',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds,
      },
    ];
    place('impatient', bearing(0));
    place('patient', bearing(600));
    place('steadfast', bearing());
    cluster.store.mutate('Node', undefined, 'a', node => {
      node.spec = { taints: LOST };
    });
    await waitUntil('it is marked', () => isLeaving('impatient'));
    expect(isLeaving('patient')).toBe(false);
    expect(isLeaving('steadfast')).toBe(false);
    expect(
      cluster.store
        .list('Event')
        .map(({ reason, message }) => [reason, message]),
    ).toContainEqual([
      'TaintManagerEviction',
      'Marking for deletion Pod default/impatient',
    ]);
  });
});
