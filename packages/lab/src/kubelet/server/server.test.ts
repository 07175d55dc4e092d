import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TestNode, TestNodes } from '../testing/TestNodes';
import { ADMIN_TOKEN } from '../../testing/startTestCluster';

const IMAGE = 'registry.lab/demo/counter:1';

describe("kubelet's API", () => {
  let all: TestNodes;
  let node: TestNode;
  let pod: string;

  beforeAll(async () => {
    all = await TestNodes.start(131);
    [node] = all.nodes;
    pod = node.run(
      { image: IMAGE },
      {
        initContainers: [
          { name: 'first', image: IMAGE, command: ['sleep', '0'] },
        ],
      },
    );
    await node.untilPhase(pod, 'Running');
  });

  afterAll(() => all.close());

  const call = (method: 'GET' | 'POST', path: string, token?: string) =>
    node.call(method, path.replace('POD', pod), token);

  it.each<[string, 'GET' | 'POST', string, number, string]>([
    [
      'an unknown pod',
      'POST',
      '/checkpoint/default/none/main',
      404,
      'pod does not exist',
    ],
    [
      'an unknown container',
      'POST',
      '/checkpoint/default/POD/none',
      404,
      'container none does not exist',
    ],
    [
      'a container that has ended',
      'POST',
      '/checkpoint/default/POD/first',
      500,
      'checkpointing of default/POD/first failed (container first not found)',
    ],
    [
      'a wrong timeout',
      'POST',
      '/checkpoint/default/POD/main?timeout=x',
      404,
      'cannot parse value of timeout parameter',
    ],
    [
      'GET for a checkpoint',
      'GET',
      '/checkpoint/default/POD/main',
      405,
      '405: Method Not Allowed',
    ],
    ['an unknown path', 'GET', '/nothing', 404, '404 page not found\n'],
    [
      'logs of an unknown container',
      'GET',
      '/containerLogs/default/POD/none',
      404,
      'container "none" not found in pod "POD"\n',
    ],
    [
      'logs from before the first restart',
      'GET',
      '/containerLogs/default/POD/main?previous=true',
      400,
      'previous terminated container "main" in pod "POD" not found',
    ],
  ])('refuses %s', async (_name, method, path, status, text) => {
    expect(await call(method, path, ADMIN_TOKEN)).toEqual([
      status,
      text.replace('POD', pod),
    ]);
  });

  it('answers a checkpoint with its path on the node', async () => {
    const [status, body] = await call(
      'POST',
      '/checkpoint/default/POD/main?timeout=10',
      ADMIN_TOKEN,
    );

    expect(status).toBe(200);
    const [path] = JSON.parse(body).items;
    expect(path.replace(pod, 'POD')).toMatch(
      /^\/var\/lib\/kubelet\/checkpoints\/checkpoint-POD_default-main-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.tar$/,
    );
    expect(existsSync(join(node.root, path))).toBe(true);
  });

  it('refuses a second checkpoint while one is made', async () => {
    const answers = await Promise.all(
      [1, 2].map(() =>
        call('POST', '/checkpoint/default/POD/main', ADMIN_TOKEN),
      ),
    );

    const refused = answers.filter(([status]) => status !== 200);
    expect(refused).toHaveLength(1);
    expect(refused[0][0]).toBe(500);
    expect(refused[0][1]).toContain('cannot pause a paused container');
  });

  it('opens to a right on nodes/checkpoint alone, and opens nothing else', async () => {
    const { store, access } = node.cluster;
    store.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'courier', namespace: 'default' },
    });
    const token = access.issueServiceAccountToken('default', 'courier');
    const ask = (bearer?: string) =>
      call('POST', '/checkpoint/default/none/main', bearer);
    const user = 'user=system:serviceaccount:default:courier';

    expect(await ask()).toEqual([401, 'Unauthorized']);
    expect(await ask('wrong')).toEqual([401, 'Unauthorized']);
    expect(await ask(token)).toEqual([
      403,
      `Forbidden (${user}, verb=create, resource=nodes, subresource(s)=[checkpoint])`,
    ]);
    store.create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'courier' },
      rules: [
        { apiGroups: [''], resources: ['nodes/checkpoint'], verbs: ['create'] },
      ],
    });
    store.create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'courier' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'courier',
      },
      subjects: [
        { kind: 'ServiceAccount', name: 'courier', namespace: 'default' },
      ],
    });
    expect(await ask(token)).toEqual([404, 'pod does not exist']);
    expect(await call('GET', '/pods', token)).toEqual([
      403,
      `Forbidden (${user}, verb=get, resource=nodes, subresource(s)=[pods proxy])`,
    ]);
  });

  it('gives logs, pods and health', async () => {
    expect(
      await call(
        'GET',
        '/containerLogs/default/POD/main?limitBytes=8',
        ADMIN_TOKEN,
      ),
    ).toEqual([200, 'count 0\n']);
    expect(await call('GET', '/healthz', ADMIN_TOKEN)).toEqual([200, 'ok']);
    const [, list] = await call('GET', '/pods', ADMIN_TOKEN);
    expect(
      JSON.parse(list).items.map(({ metadata }: any) => metadata.name),
    ).toEqual([pod]);
  });
});
