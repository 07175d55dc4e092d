import { ObjectStore } from '../store';
import recordedPod from './__fixtures__/pod.json';

function setUp() {
  const store = new ObjectStore({ onListenerError: () => undefined });
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
  });
  store.create({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'default' },
  });
  return store;
}

describe('kinds', () => {
  it('completes a pod to what a real API server recorded', () => {
    const { name, image, command, env } = recordedPod.spec.containers[0];
    const { spec, status } = setUp().create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'counter', namespace: 'default' },
      spec: {
        containers: [{ name, image, command, env }],
        terminationGracePeriodSeconds: 1,
        dnsPolicy: 'Default',
        nodeName: 'node-c1',
      },
    });
    const volume = spec.volumes[0].name;
    expect(volume).toMatch(
      /^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    );
    const expected = JSON.parse(
      JSON.stringify(recordedPod.spec).replaceAll(
        recordedPod.spec.volumes[0].name,
        volume,
      ),
    );
    // The recorded cluster is an OpenShift one, with a CA of its own for services.
    expected.volumes[0].projected.sources.pop();
    expected.dnsPolicy = 'Default';
    expect(spec).toEqual(expected);
    expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
  });

  it('mounts no token where none is wanted, and none twice', () => {
    const store = setUp();
    const mountsOf = (name: string, spec: object) =>
      store.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { containers: [{ name: 'a', image: 'b' }], ...spec },
      }).spec.volumes ?? [];
    expect(mountsOf('none', { automountServiceAccountToken: false })).toEqual(
      [],
    );
    expect(
      mountsOf('own', {
        containers: [
          {
            name: 'a',
            image: 'b',
            volumeMounts: [
              {
                name: 'mine',
                mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
              },
            ],
          },
        ],
        volumes: [{ name: 'mine', emptyDir: {} }],
      }),
    ).toEqual([{ name: 'mine', emptyDir: {} }]);
  });

  it('knows the quality of service of a pod', () => {
    const store = setUp();
    const qosOf = (resources: object, name: string) =>
      store.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { containers: [{ name: 'a', image: 'b', resources }] },
      }).status.qosClass;
    expect(qosOf({ limits: { cpu: '1', memory: '1Gi' } }, 'a')).toBe(
      'Guaranteed',
    );
    expect(qosOf({ requests: { cpu: '1' } }, 'b')).toBe('Burstable');
  });

  it('refuses a workload whose selector does not match its template, or changes', () => {
    const store = setUp();
    const draft = (label: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'default' },
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template: {
          metadata: { labels: { app: label } },
          spec: { containers: [{ name: 'a', image: 'b' }] },
        },
      },
    });
    expect(() => store.create(draft('b'))).toThrow(
      'Deployment.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"app":"b"}: `selector` does not match template `labels`',
    );
    const stored = store.create(draft('a'));
    stored.spec.selector.matchLabels = { app: 'b' };
    stored.spec.template.metadata.labels = { app: 'b' };
    expect(() => store.update(stored)).toThrow(/field is immutable/);
  });

  it('writes a Secret as base64', () => {
    const { data, type, stringData } = setUp().create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'default' },
      stringData: { password: 'hunter2' },
    });
    expect({ data, type, stringData }).toEqual({
      data: { password: 'aHVudGVyMg==' },
      type: 'Opaque',
    });
  });

  it.each([
    [
      { replicas: -1 },
      {},
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      {},
      { imagePullPolicy: 'Sometimes' },
      'spec.template.spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [
      {},
      { ports: [{ containerPort: 80 }, { containerPort: 99_999 }] },
      'spec.template.spec.containers[0].ports[1].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
    ],
    [
      {},
      { image: '' },
      'spec.template.spec.containers[0].image: Required value',
    ],
  ])('refuses a workload of %j %j', (spec, container, message) => {
    const labels = { app: 'a' };
    const create = () =>
      setUp().create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'default' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'a', image: 'b', ...container }] },
          },
          ...spec,
        },
      });
    expect(create).toThrow(`Deployment.apps "web" is invalid: ${message}`);
  });
});
