import type { KubeObject } from '../../api/ClusterStore';
import { resolveEnvironment } from './environment';

const objects: Record<string, Partial<KubeObject>> = {
  'ConfigMap/settings': { kind: 'ConfigMap', data: { COLOUR: 'blue' } },
  'Secret/login': {
    kind: 'Secret',
    data: { password: Buffer.from('s3cret').toString('base64') },
  },
};
const services = [
  {
    metadata: { name: 'my-db' },
    spec: { clusterIP: '10.0.0.7', ports: [{ name: 'sql', port: 5432 }] },
  },
  {
    metadata: { name: 'headless' },
    spec: { clusterIP: 'None', ports: [{ port: 1 }] },
  },
];
const surroundings: any = {
  store: {
    get: (kind: string, _namespace: string, name: string) =>
      objects[`${kind}/${name}`],
    list: () => services,
  },
  apiServer: { host: '127.0.0.1', port: 6443 },
  hostIP: '127.41.0.11',
  podIP: '127.41.11.2',
};
const pod: any = {
  metadata: {
    name: 'counter',
    namespace: 'demo',
    uid: 'u',
    labels: { app: 'counter' },
  },
  spec: { nodeName: 'node-1' },
};
const resolve = (container: object) =>
  Object.fromEntries(
    resolveEnvironment(pod, container, surroundings).map(({ name, value }) => [
      name,
      value,
    ]),
  );

describe('resolveEnvironment', () => {
  it('takes values from the pod, ConfigMaps, Secrets and earlier variables', () => {
    const environment = resolve({
      envFrom: [{ prefix: 'MY_', configMapRef: { name: 'settings' } }],
      env: [
        {
          name: 'NODE_IP',
          valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } },
        },
        {
          name: 'APP',
          valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } },
        },
        {
          name: 'PASSWORD',
          valueFrom: { secretKeyRef: { name: 'login', key: 'password' } },
        },
        { name: 'URL', value: 'https://$(NODE_IP)/$$(NODE_IP)/$(UNKNOWN)' },
        {
          name: 'GONE',
          valueFrom: {
            configMapKeyRef: { name: 'none', key: 'x', optional: true },
          },
        },
      ],
    });

    expect(environment).toMatchObject({
      MY_COLOUR: 'blue',
      NODE_IP: '127.41.0.11',
      APP: 'counter',
      PASSWORD: 's3cret',
      URL: 'https://127.41.0.11/$(NODE_IP)/$(UNKNOWN)',
    });
    expect(environment).not.toHaveProperty('GONE');
  });

  it('names the API server and the services of the namespace', () => {
    expect(resolve({})).toMatchObject({
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: '6443',
      KUBERNETES_PORT_6443_TCP_ADDR: '127.0.0.1',
      MY_DB_SERVICE_PORT_SQL: '5432',
      MY_DB_PORT: 'tcp://10.0.0.7:5432',
    });
    expect(resolve({})).not.toHaveProperty('HEADLESS_SERVICE_HOST');
  });

  it.each([
    [
      { configMapKeyRef: { name: 'none', key: 'x' } },
      'configmap "none" not found',
    ],
    [
      { secretKeyRef: { name: 'login', key: 'x' } },
      "couldn't find key x in Secret demo/login",
    ],
  ])('says what is missing for %j', (valueFrom, message) => {
    expect(() => resolve({ env: [{ name: 'A', valueFrom }] })).toThrow(message);
  });
});
