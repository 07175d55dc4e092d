import { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  Cluster,
  ClusterPods,
  KUBERNETES_ID,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import {
  ClusterClient,
  Clusters,
  explainClusterError,
  isRefusal,
  Kind,
} from '../clusters';
import { ProblemError } from '../failures';
import { summarizePod } from './summarizePod';

const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** Kubernetes' rule for a label's value; anything else could widen a label selector. */
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * Reads pods, only in the namespaces that config grants. A pod belongs to an entity by the pod's own label: who can edit a
 * catalog file must not thereby choose whose pods are moved.
 */
export class PodReader {
  constructor(
    private readonly clusters: Clusters,
    private readonly grantedNamespaces: string[],
  ) {}

  /** @throws NotAllowedError if config does not grant the namespace */
  requireGranted(namespace: string) {
    if (!this.grantedNamespaces.includes(namespace)) {
      throw new NotAllowedError(
        `CubeMig may not work in the namespace '${namespace}': add it to cubemig.namespaces in app-config`,
      );
    }
  }

  /** The granted namespaces that exist in a cluster. */
  async listNamespaces(cluster: string) {
    const client = await this.clusters.getClient(cluster);
    const found = await Promise.all(
      this.grantedNamespaces.map(async name => ({
        name,
        exists: await client.exists('Namespace', { name }),
      })),
    );
    return found
      .filter(({ exists }) => exists)
      .map(({ name }) => ({ cluster, name }));
  }

  async listPods(cluster: string, namespace: string): Promise<Pod[]> {
    this.requireGranted(namespace);
    const client = await this.clusters.getClient(cluster);
    return readPods(client, namespace);
  }

  /**
   * An entity's pods on every cluster. A cluster that cannot be read is in the answer, with its problem.
   *
   * @throws InputError if the entity does not say which pods are its own
   */
  async listEntityPods(entity: Entity): Promise<ClusterPods[]> {
    const id = kubernetesIdOf(entity);
    const annotations = entity.metadata.annotations ?? {};
    const namespace = annotations[KUBERNETES_NAMESPACE];
    const cluster = annotations[KUBERNETES_CLUSTER];
    const namespaces = this.grantedNamespaces.filter(
      granted => !namespace || granted === namespace,
    );
    const clusters = (await this.clusters.list()).filter(
      ({ name }) => !cluster || name === cluster,
    );
    return Promise.all(
      clusters.map(found => this.readEntityPods(found, namespaces, id)),
    );
  }

  private async readEntityPods(
    cluster: Cluster,
    namespaces: string[],
    id: string,
  ): Promise<ClusterPods> {
    if (cluster.problem) return { cluster, pods: [] };
    try {
      const client = await this.clusters.getClient(cluster.name);
      const pods = await Promise.all(
        namespaces.map(namespace =>
          readPods(client, namespace, `${KUBERNETES_ID}=${id}`),
        ),
      );
      return { cluster, pods: pods.flat() };
    } catch (error) {
      const problem =
        error instanceof ProblemError
          ? error.problem
          : explainClusterError(cluster.name, error);
      return { cluster: { ...cluster, problem }, pods: [] };
    }
  }
}

/**
 * The label value by which an entity's pods are known.
 *
 * @throws InputError if the entity has none, or an impossible one
 */
export function kubernetesIdOf(entity: Entity): string {
  const id = entity.metadata.annotations?.[KUBERNETES_ID];
  if (!id || !LABEL_VALUE.test(id)) {
    throw new InputError(
      `entityRef: the entity '${entity.metadata.name}' has ${
        id ? 'an impossible' : 'no'
      } annotation ${KUBERNETES_ID}; set it to the value of the label ${KUBERNETES_ID} of its pods`,
    );
  }
  return id;
}

async function readPods(
  client: ClusterClient,
  namespace: string,
  labelSelector?: string,
): Promise<Pod[]> {
  const [pods, replicaSets, nodes] = await Promise.all([
    client.list('Pod', { namespace, labelSelector }),
    listIfAllowed(client, 'ReplicaSet', namespace),
    listIfAllowed(client, 'Node'),
  ]);
  const nodesByName = new Map(nodes.map(node => [node.metadata?.name, node]));
  return pods.map(pod =>
    summarizePod(pod, {
      cluster: client.cluster,
      replicaSets,
      node: nodesByName.get(pod.spec?.nodeName),
    }),
  );
}

/** What only adds detail: without the right to read it, pods are shown with less. */
async function listIfAllowed<K extends Kind>(
  client: ClusterClient,
  kind: K,
  namespace?: string,
) {
  try {
    return await client.list(kind, { namespace });
  } catch (error) {
    if (isRefusal(error, 'Forbidden')) return [];
    throw error;
  }
}
