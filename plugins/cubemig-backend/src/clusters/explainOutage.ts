import { Problem } from '@cubemig/plugin-cubemig-common';
import { ClusterApiError } from './ClusterApiError';
import { explainClusterError } from './explainClusterError';

/** What load balancers, proxies and the API server itself say while it is away or has too much to do. */
const AWAY = [429, 502, 503, 504];

/** Says that an API server was out for longer than somebody waits. */
export function explainOutage(
  cluster: string,
  error: unknown,
  seconds: number,
  setting: string,
): Problem {
  const { status, reason, message } = error as Partial<ClusterApiError>;
  const isAway =
    status === undefined || reason === undefined || AWAY.includes(status);
  const { remedy } = explainClusterError(cluster, error);
  return {
    code: isAway ? 'cluster-unreachable' : 'cluster-error',
    message: `API server of '${cluster}' ${
      isAway ? 'not reachable' : 'answered with errors'
    } for ${seconds} s (${setting}): ${message}`,
    remedy: `${remedy} ${setting} in app-config lets migrations wait longer.`,
  };
}
