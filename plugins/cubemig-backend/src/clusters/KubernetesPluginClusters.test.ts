import { mockServices } from '@backstage/backend-test-utils';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ClusterApiError } from './ClusterApiError';
import { KubernetesPluginClusters } from './KubernetesPluginClusters';
import { mayPass } from './waitFor';

describe('KubernetesPluginClusters', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(serve: RequestListener): Promise<string> {
    const server = createServer(serve);
    servers.push(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const createOver = (kubernetes: string) =>
    KubernetesPluginClusters.create({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => kubernetes,
      }),
    });

  it('takes a kubernetes plugin that is not up yet for an outage', async () => {
    const starting = await listen((_req, res) => {
      res.statusCode = 503;
      res.end('{"error":{"message":"Service has not started up yet"}}');
    });
    for (const kubernetes of [starting, 'http://127.0.0.1:1']) {
      const error = await createOver(kubernetes)
        .getClient('c1')
        .catch(found => found);
      expect(error).toBeInstanceOf(ClusterApiError);
      expect(mayPass(error)).toBe(true);
    }
  });

  it.each([302, 307])(
    'goes nowhere that a cluster sends it to (%i)',
    async status => {
      const reached: string[] = [];
      const inside = await listen((req, res) => {
        reached.push(`${req.method} ${req.url}`);
        res.end('{"kind":"Pod"}');
      });
      // The plugin's proxy passes on what the cluster answers.
      const kubernetes = await listen((req, res) => {
        if (req.url === '/clusters') {
          res.end('{"items":[{"name":"c1","authProvider":"serviceAccount"}]}');
        } else {
          res.writeHead(status, { Location: `${inside}/admin` }).end();
        }
      });
      const client = await createOver(kubernetes).getClient('c1');
      const key = { namespace: 'demo', name: 'p' };
      await expect(client.get('Pod', key)).rejects.toThrow("cluster 'c1'");
      await expect(client.create('Pod', { metadata: key })).rejects.toThrow(
        "cluster 'c1'",
      );
      expect(reached).toEqual([]);
    },
  );
});
