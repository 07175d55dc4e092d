import { TestCluster } from '../testing/TestCluster';
import { waitUntil } from '../testing/waitUntil';

describe('scheduler', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });

  afterEach(() => cluster.stop());

  const createPod = (name: string, spec: object = {}) =>
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { containers: [{ name: 'a', image: 'b' }], ...spec },
    });
  const nodeOf = (name: string) =>
    cluster.store.get('Pod', 'default', name)?.spec.nodeName;
  const scheduledOf = (name: string) =>
    cluster.store
      .get('Pod', 'default', name)
      ?.status.conditions?.find((c: any) => c.type === 'PodScheduled');

  it('spreads pods over the nodes and says where they went', async () => {
    cluster.addNode('a');
    cluster.addNode('b');
    createPod('one');
    createPod('two');
    await waitUntil('both are bound', () => nodeOf('one') && nodeOf('two'));
    expect([nodeOf('one'), nodeOf('two')].sort()).toEqual(['a', 'b']);
    expect(scheduledOf('one')).toMatchObject({ status: 'True' });
    expect(cluster.store.list('Event').map(({ message }) => message)).toContain(
      `Successfully assigned default/one to ${nodeOf('one')}`,
    );
  });

  it('says why no node fits, and binds when one does', async () => {
    cluster.addNode('cordoned', { spec: { unschedulable: true } });
    cluster.addNode('tainted', {
      spec: { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] },
    });
    createPod('waiting', {
      containers: [
        { name: 'a', image: 'b', resources: { requests: { cpu: '1500m' } } },
      ],
    });
    const condition = await waitUntil('it was refused', () =>
      scheduledOf('waiting'),
    );
    expect(condition).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message: expect.stringContaining(
        '0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.',
      ),
    });
    cluster.addNode('free');
    await waitUntil('it is bound', () => nodeOf('waiting') === 'free');

    createPod('too-much', {
      containers: [
        { name: 'a', image: 'b', resources: { requests: { cpu: '1' } } },
      ],
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
      nodeSelector: { zone: 'x' },
    });
    await waitUntil('it was refused', () =>
      scheduledOf('too-much')?.message.includes(
        "2 node(s) didn't match Pod's node affinity/selector",
      ),
    );
    cluster.store.mutate('Node', undefined, 'free', ({ metadata }) => {
      metadata.labels = { zone: 'x' };
    });
    await waitUntil('it lacks cpu', () =>
      scheduledOf('too-much')?.message.includes('1 Insufficient cpu'),
    );
    cluster.endPod('waiting', 'Succeeded');
    await waitUntil('it is bound', () => nodeOf('too-much') === 'free');
  });

  it('leaves a pod alone that names its node', async () => {
    cluster.addNode('a');
    createPod('pinned', { nodeName: 'elsewhere' });
    createPod('other');
    await waitUntil('the other is bound', () => nodeOf('other'));
    expect(nodeOf('pinned')).toBe('elsewhere');
    expect(scheduledOf('pinned')).toBeUndefined();
  });
});
