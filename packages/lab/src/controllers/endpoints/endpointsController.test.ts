import { POD_SPEC, TestCluster } from '../../testing/TestCluster';
import { waitUntil } from '../../testing/waitUntil';

const GATE = 'cubemig.io/validated';

describe('endpointsController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
    cluster.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', labels: { team: 'a' } },
      spec: {
        selector: { app: 'shop' },
        ports: [{ name: 'web', port: 80, targetPort: 'http' }],
      },
    });
  });

  afterEach(() => cluster.stop());

  const createPod = async (name: string, spec: object = {}) => {
    cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: 'shop' } },
      spec: {
        containers: [
          {
            ...POD_SPEC.containers[0],
            ports: [{ name: 'http', containerPort: 8080 }],
          },
        ],
        ...spec,
      },
    });
    await waitUntil(
      `${name} is bound`,
      () => cluster.store.get('Pod', 'default', name)!.spec.nodeName,
    );
  };
  const giveAddress = (name: string, podIP: string) =>
    cluster.store.mutate('Pod', 'default', name, ({ status }) => {
      status.podIP = podIP;
    });
  const findSlice = () => cluster.store.list('EndpointSlice', 'default')[0];
  const findEndpoints = () => cluster.store.get('Endpoints', 'default', 'shop');
  /** `<address> <ready>` of each. */
  const told = () =>
    (findSlice()?.endpoints ?? []).map(
      ({ addresses, conditions }: any) => `${addresses[0]} ${conditions.ready}`,
    );
  const untilTold = (...expected: string[]) =>
    waitUntil(
      `it tells ${expected}`,
      () => JSON.stringify(told()) === JSON.stringify(expected),
    );

  it('tells ready pods and others apart, and the port by its name', async () => {
    await createPod('one');
    await createPod('two');
    giveAddress('one', '10.0.0.1');
    giveAddress('two', '10.0.0.2');
    cluster.runPod('one');
    cluster.runPod('two', false);
    await untilTold('10.0.0.1 true', '10.0.0.2 false');
    expect(findSlice()).toMatchObject({
      metadata: {
        labels: {
          team: 'a',
          'kubernetes.io/service-name': 'shop',
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Service', name: 'shop' }],
      },
      addressType: 'IPv4',
      ports: [{ name: 'web', port: 8080, protocol: 'TCP' }],
    });
    expect(findEndpoints()!.subsets).toMatchObject([
      {
        addresses: [{ ip: '10.0.0.1', targetRef: { name: 'one' } }],
        notReadyAddresses: [{ ip: '10.0.0.2', targetRef: { name: 'two' } }],
        ports: [{ name: 'web', port: 8080 }],
      },
    ]);
  });

  it('sends no traffic to a pod whose readiness gate is closed, and sends it once it opens', async () => {
    await createPod('restored', { readinessGates: [{ conditionType: GATE }] });
    giveAddress('restored', '10.0.0.3');
    cluster.runPod('restored');
    await untilTold('10.0.0.3 false');
    cluster.store.mutate('Pod', 'default', 'restored', ({ status }) => {
      status.conditions.push({ type: GATE, status: 'True' });
    });
    await untilTold('10.0.0.3 true');
    expect(findEndpoints()!.subsets[0].addresses).toHaveLength(1);
  });

  it('takes traffic from a pod that is being deleted, that ended, or that left by its labels', async () => {
    for (const [index, name] of ['going', 'ended', 'left'].entries()) {
      await createPod(name);
      giveAddress(name, `10.0.0.${index + 1}`);
      cluster.runPod(name);
    }
    await untilTold('10.0.0.1 true', '10.0.0.2 true', '10.0.0.3 true');
    cluster.store.delete('Pod', 'default', 'going');
    cluster.endPod('ended', 'Failed');
    cluster.store.mutate('Pod', 'default', 'left', ({ metadata }) => {
      metadata.labels = {};
    });
    await untilTold('10.0.0.1 false');
    expect(findSlice().endpoints[0].conditions.terminating).toBe(true);
    expect(findEndpoints()!.subsets).toBeUndefined();
  });

  it('goes with its service, and leaves alone what has no selector', async () => {
    await waitUntil('there are endpoints', findEndpoints);
    expect(findSlice().endpoints).toEqual([]);
    cluster.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'outside' },
      spec: { ports: [{ port: 80 }] },
    });
    cluster.store.delete('Service', 'default', 'shop');
    await waitUntil(
      'they are gone',
      () => !findEndpoints() && findSlice() === undefined,
    );
  });
});
