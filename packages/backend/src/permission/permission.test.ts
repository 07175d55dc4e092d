import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A cluster's API server that remembers what reached it. */
function startCluster(requests: string[]): Promise<Server> {
  const server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url}`);
    res.setHeader('Content-Type', 'application/json');
    res.end('{"kind":"Status","status":"Success"}');
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

const POD = '/api/v1/namespaces/demo/pods/counter';

// The first request makes keys, which takes its time on a busy machine.
describe('the permission policy, with the real permission and kubernetes plugins', () => {
  const requests: string[] = [];
  let cluster: Server;
  let url: string;

  beforeAll(async () => {
    cluster = await startCluster(requests);
    const backend = await startTestBackend({
      features: [
        import('@backstage/plugin-permission-backend'),
        import('.'),
        import('@backstage/plugin-kubernetes-backend'),
        permissionsServiceFactory,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'c1',
                      url: `http://127.0.0.1:${
                        (cluster.address() as AddressInfo).port
                      }`,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: 'token-of-backstage',
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    url = `http://localhost:${backend.server.port()}/api/kubernetes`;
  });

  afterAll(() => {
    cluster.close();
  });

  function ask(method: string, path: string, authorization: string) {
    return fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: authorization,
        'Backstage-Kubernetes-Cluster': 'c1',
      },
    });
  }

  it.each(['DELETE', 'GET', 'POST'])(
    "refuses a user's proxied %s before it reaches the cluster",
    async method => {
      requests.length = 0;
      const answer = await ask(
        method,
        `/proxy${POD}`,
        mockCredentials.user.header(),
      );
      expect(answer.status).toBe(403);
      expect(requests).toEqual([]);
    },
  );

  it('lets CubeMig through, which is a service', async () => {
    requests.length = 0;
    const answer = await ask(
      'DELETE',
      `/proxy${POD}`,
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('plugin:cubemig'),
        targetPluginId: 'kubernetes',
      }),
    );
    expect(answer.status).toBe(200);
    expect(requests).toEqual([`DELETE ${POD}`]);
  });

  it('lets a user see the list of clusters', async () => {
    const answer = await ask('GET', '/clusters', mockCredentials.user.header());
    expect(answer.status).toBe(200);
  });
});
