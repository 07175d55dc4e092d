import {
  Cluster,
  ClusterPods,
  clusterPodsSchema,
  clusterSchema,
  Namespace,
  namespaceSchema,
  Node,
  nodeSchema,
  Pod,
  podSchema,
} from '../schema/clusters';
import { ApiConnection, askList, toQuery } from './ApiConnection';

/** What there is: clusters, and the pods in them. */
export interface ClustersApi {
  /** The clusters of Backstage's Kubernetes config. */
  list(): Promise<Cluster[]>;
  /** Those namespaces of a cluster in which config lets CubeMig work. */
  listNamespaces(cluster: string): Promise<Namespace[]>;
  listNodes(cluster: string): Promise<Node[]>;
  listPods(cluster: string, namespace: string): Promise<Pod[]>;
  /** An entity's pods, by cluster. */
  listEntityPods(entityRef: string): Promise<ClusterPods[]>;
  /** Deletes the pod that has this uid, and no other that has taken its name. */
  deletePod(
    pod: Pick<Pod, 'cluster' | 'namespace' | 'name' | 'uid'>,
  ): Promise<void>;
}

export function createClustersApi(connection: ApiConnection): ClustersApi {
  return {
    list: () => askList(connection, clusterSchema, '/clusters'),
    listNamespaces: cluster =>
      askList(connection, namespaceSchema, `${pathOf(cluster)}/namespaces`),
    listNodes: cluster =>
      askList(connection, nodeSchema, `${pathOf(cluster)}/nodes`),
    listPods: (cluster, namespace) =>
      askList(connection, podSchema, podsPath(cluster, namespace)),
    listEntityPods: entityRef =>
      askList(connection, clusterPodsSchema, `/pods${toQuery({ entityRef })}`),
    async deletePod({ cluster, namespace, name, uid }) {
      const path = `${podsPath(cluster, namespace)}/${encodeURIComponent(
        name,
      )}`;
      await connection.send(`${path}${toQuery({ uid })}`, { method: 'DELETE' });
    },
  };
}

function podsPath(cluster: string, namespace: string) {
  return `${pathOf(cluster)}/namespaces/${encodeURIComponent(namespace)}/pods`;
}

function pathOf(cluster: string) {
  return `/clusters/${encodeURIComponent(cluster)}`;
}
