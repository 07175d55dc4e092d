import { Problem } from '@cubemig/plugin-cubemig-common';
import { ClusterApiError } from './ClusterApiError';

/** Says in a user's words why a cluster could not be used, and what to do. */
export function explainClusterError(cluster: string, error: unknown): Problem {
  const message = (error as Error).message ?? String(error);
  if (error instanceof ClusterApiError) {
    // Backstage answers in its own shape, the API server with a `Status`.
    if (error.status === 401 && error.reason !== undefined) {
      return {
        code: 'cluster-unauthorized',
        message: `Cluster '${cluster}' does not accept Backstage's credentials.`,
        remedy: `Renew the token of '${cluster}' in the kubernetes section of app-config.`,
      };
    }
    if (error.status === 403 && error.reason !== undefined) {
      return {
        code: 'cluster-forbidden',
        message: `Cluster '${cluster}' refused: ${message}`,
        remedy:
          "Grant Backstage's ServiceAccount in that cluster the rights that CubeMig's RBAC manifests (deploy/) list.",
      };
    }
    if (error.status === undefined || error.reason === undefined) {
      return {
        code: 'cluster-unreachable',
        message: `Cluster '${cluster}' cannot be reached: ${message}`,
        remedy: `Check that the API server of '${cluster}' runs, that its url and CA in the kubernetes section of app-config are right, and that the backend may connect to it.`,
      };
    }
  }
  return {
    code: 'cluster-error',
    message: `Cluster '${cluster}' answered: ${message}`,
    remedy:
      'Try again; if it stays, look into the logs of the API server and of the Backstage backend.',
  };
}
