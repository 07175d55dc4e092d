import { TestNode, TestNodes } from '../../kubelet/testing/TestNodes';
import { waitUntil } from '../../testing/waitUntil';
import { request } from '../../testing/request';

describe('traffic through the API server', () => {
  let all: TestNodes;
  let node: TestNode;
  let pod: string;

  beforeAll(async () => {
    all = await TestNodes.start(175);
    [node] = all.nodes;
    pod = node.run({
      image: 'registry.lab/demo/web:1',
      ports: [{ name: 'http', containerPort: 8080 }],
    });
    node.cluster.store.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        selector: { app: 'x' },
        ports: [{ port: 80, targetPort: 'http' }],
      },
    });
    await waitUntil('it serves', () => node.linesOf(pod).length > 0);
    await waitUntil(
      'the service has endpoints',
      () =>
        node.cluster.store.get('Endpoints', 'default', 'web')?.subsets?.[0]
          ?.addresses,
    );
  });

  afterAll(() => all.close());

  const ask = (path: string) =>
    request(node.cluster, `/api/v1/namespaces/default/${path}`);

  it('reaches pods and services, and nobody whom a policy forbids', async () => {
    for (const path of [
      `pods/${pod}:8080/proxy/`,
      'services/web/proxy/',
      'services/http:web:80/proxy/page?x=1',
    ]) {
      expect((await ask(path)).body).toMatch(/^session \w+, visit 1/);
    }
    const policy = node.cluster.store.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-all', namespace: 'default' },
      spec: {
        podSelector: { matchLabels: { app: 'x' } },
        policyTypes: ['Ingress', 'Egress'],
      },
    });
    expect(await ask('services/web/proxy/')).toMatchObject({
      code: 503,
      body: { message: expect.stringContaining('i/o timeout') },
    });
    node.cluster.store.mutate(
      'NetworkPolicy',
      'default',
      policy.metadata.name,
      stored => {
        stored.spec.ingress = [{ ports: [{ port: 'http' }] }];
      },
    );
    expect((await ask('services/web/proxy/')).code).toBe(200);
    expect((await ask('services/none/proxy/')).code).toBe(404);
  });
});
