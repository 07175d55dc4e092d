import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import cubemigPlugin from '../../src';
import { TOKEN, CLUSTER } from './Sender';

const { BENCH_PORT, BENCH_DATABASE } = process.env;

/** A whole Backstage backend with CubeMig in it; what it logs goes nowhere, but it logs. */
const backend = createBackend();
backend.add(
  mockServices.rootConfig.factory({
    data: {
      app: { baseUrl: 'http://localhost' },
      backend: {
        baseUrl: `http://127.0.0.1:${BENCH_PORT}`,
        listen: { host: '127.0.0.1', port: Number(BENCH_PORT) },
        database: JSON.parse(BENCH_DATABASE!),
      },
      permission: { enabled: true },
      cubemig: {
        namespaces: [],
        courier: { image: 'courier' },
        registry: { host: '127.0.0.1:1' },
        alerts: { senders: [{ cluster: CLUSTER, token: TOKEN }] },
      },
    },
  }),
);
backend.add(cubemigPlugin);
backend.start();
