import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { NotFoundError, ResponseError } from '@backstage/errors';
import { Cluster, Problem } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { ProblemError } from '../failures';
import { ClusterApiError } from './ClusterApiError';
import { Clusters } from './Clusters';
import { explainClusterError } from './explainClusterError';
import { HttpClusterClient } from './HttpClusterClient';

/** What the kubernetes plugin tells of a cluster; never credentials or URLs. */
const configuredClusterSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  authProvider: z.string(),
});
type ConfiguredCluster = z.infer<typeof configuredClusterSchema>;

const LIST_TIMEOUT_MS = 30_000;

/** These take the token of the user who looks, so nothing can be done while nobody looks. */
const USER_TOKEN_PROVIDERS = ['google', 'oidc', 'aks'];

/**
 * Reaches clusters through the kubernetes plugin's proxy, which holds their addresses and credentials. CubeMig itself knows
 * neither.
 */
export class KubernetesPluginClusters implements Clusters {
  static create(options: { auth: AuthService; discovery: DiscoveryService }) {
    return new KubernetesPluginClusters(options.auth, options.discovery);
  }

  private constructor(
    private readonly auth: AuthService,
    private readonly discovery: DiscoveryService,
  ) {}

  async list(): Promise<Cluster[]> {
    const configured = await this.readConfigured();
    return Promise.all(configured.map(cluster => this.probe(cluster)));
  }

  async getClient(name: string) {
    const configured = await this.readConfigured().catch(error => {
      throw explainSilence(name, error);
    });
    const cluster = configured.find(candidate => candidate.name === name);
    if (!cluster) {
      const known = configured.map(candidate => candidate.name).join(', ');
      throw new NotFoundError(
        `Backstage knows no cluster '${name}'; it knows: ${known || 'none'}`,
      );
    }
    const problem = findObstacle(cluster);
    if (problem) throw new ProblemError(problem);
    return this.connect(name);
  }

  private async probe({ name, title, authProvider }: ConfiguredCluster) {
    const problem = findObstacle({ name, authProvider });
    if (problem) return { name, title, problem };
    try {
      return { name, title, version: await this.connect(name).getVersion() };
    } catch (error) {
      return { name, title, problem: explainClusterError(name, error) };
    }
  }

  private connect(name: string) {
    return new HttpClusterClient(name, (path, init) =>
      this.fetch(`/proxy${path}`, {
        ...init,
        headers: {
          ...init.headers,
          'Backstage-Kubernetes-Cluster': name,
          // Otherwise Backstage compresses, and a compressed watch or log is held back until much of it has come.
          'Accept-Encoding': 'identity',
        },
      }),
    );
  }

  private async readConfigured(): Promise<ConfiguredCluster[]> {
    const signal = AbortSignal.timeout(LIST_TIMEOUT_MS);
    const response = await this.fetch('/clusters', { signal });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return z
      .object({ items: z.array(configuredClusterSchema) })
      .parse(await response.json()).items;
  }

  private async fetch(path: string, init: RequestInit) {
    const baseUrl = await this.discovery.getBaseUrl('kubernetes');
    const { token } = await this.auth.getPluginRequestToken({
      onBehalfOf: await this.auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    return fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { ...init.headers, Authorization: `Bearer ${token}` },
      // The proxy passes on what a cluster answers: it must not be able to send us anywhere.
      redirect: 'error',
    });
  }
}

/** The kubernetes plugin may be up later than this one, or run in another backend that is away: as if the cluster itself were away. */
function explainSilence(cluster: string, error: Error): Error {
  const isAnswer = error instanceof ResponseError;
  if (!isAnswer && !['TypeError', 'TimeoutError'].includes(error.name)) {
    return error;
  }
  return new ClusterApiError(
    cluster,
    isAnswer ? error.statusCode : undefined,
    undefined,
    `Backstage's kubernetes plugin does not lead to '${cluster}': ${error.message}`,
    { cause: error },
  );
}

function findObstacle(cluster: {
  name: string;
  authProvider: string;
}): Problem | undefined {
  if (!USER_TOKEN_PROVIDERS.includes(cluster.authProvider)) return undefined;
  return {
    code: 'cluster-needs-user-token',
    message: `Cluster '${cluster.name}' is configured with the auth provider '${cluster.authProvider}', which needs a signed-in user for every request. A migration runs in the background and has none.`,
    remedy: `Give '${cluster.name}' a server-side auth provider in the kubernetes section of app-config, for example serviceAccount.`,
  };
}
