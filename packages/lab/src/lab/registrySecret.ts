import type { ClusterStore } from '../api/ClusterStore';
import type { Registry } from '../registry/startRegistry';

/** The name that CubeMig's configuration expects by default. */
const NAME = 'cubemig-registry';

/** Puts the registry's credentials where couriers and restored pods look for them, if the cluster has that namespace. */
export function createRegistrySecret(
  store: ClusterStore,
  namespace: string,
  registry: Registry,
  { username, password }: { username: string; password: string },
): void {
  if (
    !store.get('Namespace', undefined, namespace) ||
    store.get('Secret', namespace, NAME)
  ) {
    return;
  }
  const entry = {
    username,
    password,
    auth: Buffer.from(`${username}:${password}`).toString('base64'),
  };
  store.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: NAME, namespace },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: {
      '.dockerconfigjson': JSON.stringify({
        auths: { [`${registry.host}:${registry.port}`]: entry },
      }),
    },
  });
}
