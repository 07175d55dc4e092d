import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import cubemigPlugin from '@cubemig/plugin-cubemig-backend';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

const pod = {
  metadata: {
    name: 'counter',
    namespace: 'demo',
    uid: 'uid-of-counter',
    creationTimestamp: '2026-11-23T00:00:00Z',
  },
  spec: {
    nodeName: 'node-a',
    containers: [{ name: 'counter', image: 'registry.lab/counter:1' }],
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'counter',
        ready: true,
        restartCount: 0,
        image: 'registry.lab/counter:1',
        imageID: 'registry.lab/counter@sha256:00',
        state: { running: { startedAt: '2026-11-23T00:00:00Z' } },
      },
    ],
  },
};

/**
 * CubeMig's own backend, on two clusters that show one pod and let nobody look further: migrations fail in their first step. While the
 * gate is shut, they wait there.
 */
export async function startApi() {
  let gate = Promise.resolve();
  let open = () => {};
  const kubernetes = await serve(async (req, res) => {
    const path = new URL(req.url!, 'http://kubernetes').pathname;
    const hasPod = req.headers['backstage-kubernetes-cluster'] === 'c1';
    const answers: Record<string, unknown> = {
      '/clusters': {
        items: ['c1', 'c2'].map(name => ({
          name,
          authProvider: 'serviceAccount',
        })),
      },
      '/proxy/version': { gitVersion: 'v1.36.2' },
      '/proxy/api/v1/namespaces/demo': { metadata: { name: 'demo' } },
      '/proxy/api/v1/namespaces/demo/pods': {
        metadata: { resourceVersion: '1' },
        items: hasPod ? [pod] : [],
      },
      ...(hasPod && { '/proxy/api/v1/namespaces/demo/pods/counter': pod }),
    };
    const answer = answers[path];
    // Lists of nodes and ReplicaSets only add detail to lists of pods, which do not wait.
    if (!answer && !/\/(nodes|replicasets)$/.test(path)) await gate;
    res.statusCode = answer ? 200 : 403;
    res.setHeader('Content-Type', 'application/json');
    res.end(
      JSON.stringify(
        answer ?? { kind: 'Status', reason: 'Forbidden', message: 'forbidden' },
      ),
    );
  });
  const backend = await startTestBackend({
    features: [
      cubemigPlugin,
      mockServices.discovery.mock({
        getBaseUrl: async () => urlOf(kubernetes),
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      }).factory,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          cubemig: {
            namespaces: ['demo'],
            courier: { image: 'r/courier:1' },
            registry: { host: '127.0.0.1:1', insecure: true },
          },
        },
      }),
    ],
  });
  return {
    server: `http://127.0.0.1:${backend.server.port()}`,
    shutGate() {
      gate = new Promise<void>(resolve => {
        open = resolve;
      });
    },
    openGate: () => open(),
    async stop() {
      open();
      await backend.stop();
      kubernetes.close();
    },
  };
}

async function serve(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

function urlOf(server: Server) {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
