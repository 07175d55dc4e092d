import { stringify } from 'yaml';
import type { LabCluster } from '../cluster/LabCluster';

export function serverUrl({ apiServer }: LabCluster): string {
  return `https://${apiServer.host}:${apiServer.port}`;
}

/** A kubeconfig with one context a cluster, as its administrator. */
export function formatKubeconfig(
  clusters: LabCluster[],
  adminToken: string,
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0].name,
    clusters: clusters.map(cluster => ({
      name: cluster.name,
      cluster: {
        server: serverUrl(cluster),
        'certificate-authority-data': Buffer.from(
          cluster.ca.certificatePem,
        ).toString('base64'),
      },
    })),
    contexts: clusters.map(({ name }) => ({
      name,
      context: { cluster: name, user: 'admin' },
    })),
    users: [{ name: 'admin', user: { token: adminToken } }],
  });
}
