import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AddressInfo } from 'node:net';
import cubemigPlugin from '../../src';
import { startKubernetesPlugin } from '../../src/__testUtils__/startPlugin';
import { CLUSTER, RULE, TOKEN } from './alertOf';

const { BENCH_PORT, BENCH_DATABASE } = process.env;

/** A whole Backstage backend with CubeMig in it, and a cluster of recorded objects; what it logs goes nowhere, but it logs. */
async function main() {
  const kubernetes = await startKubernetesPlugin();
  const { port } = kubernetes.address() as AddressInfo;
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.discovery,
      deps: {},
      factory: () => ({
        getBaseUrl: async () => `http://127.0.0.1:${port}`,
        getExternalBaseUrl: async () => `http://127.0.0.1:${port}`,
      }),
    }),
  );
  backend.add(catalogServiceMock.factory({ entities: [] }));
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://localhost' },
        backend: {
          baseUrl: `http://127.0.0.1:${BENCH_PORT}`,
          listen: { host: '127.0.0.1', port: Number(BENCH_PORT) },
          // As in app-config.yaml.
          server: { keepAliveTimeout: { minutes: 2 } },
          database: JSON.parse(BENCH_DATABASE!),
        },
        permission: { enabled: true },
        cubemig: {
          namespaces: ['default'],
          courier: { image: 'courier' },
          registry: { host: '127.0.0.1:1' },
          alerts: { senders: [{ cluster: CLUSTER, token: TOKEN }] },
          response: {
            rules: [
              {
                name: 'away with it',
                match: { rules: [RULE] },
                action: 'migrate',
                target: { cluster: 'c2' },
                mode: 'auto',
              },
            ],
          },
        },
      },
    }),
  );
  backend.add(cubemigPlugin);
  await backend.start();
}

main();
