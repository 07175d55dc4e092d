import { ClusterClient } from '../../clusters';
import { PlatformSecret } from '../objects';
import { PlatformSecretReading } from './Inventory';
import { readIfAllowed } from './Reading';

/** Looks whether Secrets are there; what is in them stays in the cluster. */
export async function readPlatformSecrets(
  client: ClusterClient,
  namespace: string,
  secrets: PlatformSecret[],
): Promise<PlatformSecretReading[]> {
  return Promise.all(
    secrets.map(async secret => ({
      ...secret,
      namespace,
      isThere: await readIfAllowed(client.cluster, () =>
        client.exists('Secret', { namespace, name: secret.name }),
      ),
    })),
  );
}
