import { startCluster, type RunningCluster } from '../cluster/startCluster';
import type { Faults } from '../faults/Faults';
import { waitUntil } from './waitUntil';

/** Its administrator's bearer token. */
export const ADMIN_TOKEN = 'administrator';

/** A cluster with its API server on a free port and no nodes; resolves when the namespace `default` is complete. */
export async function startTestCluster(
  options: { rememberedChanges?: number; faults?: Faults } = {},
): Promise<RunningCluster> {
  const cluster = await startCluster({
    index: 1,
    host: '127.0.0.1',
    port: 0,
    subnet: 200,
    adminToken: ADMIN_TOKEN,
    onError: (_component, error) => {
      throw error;
    },
    ...options,
  });
  await waitUntil('the namespace is complete', () =>
    cluster.store.get('ServiceAccount', 'default', 'default'),
  );
  return cluster;
}
