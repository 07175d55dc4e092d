import {
  clusterPodsSchema,
  clusterSchema,
  cubemigClusterReadPermission,
  namespaceSchema,
  nodeSchema,
  podSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { Clusters } from '../clusters';
import { PodReader, summarizeNode } from '../pods';
import { Entities } from './Entities';
import { itemsOf } from './itemsOf';
import { Route, route } from './route';

const permission = cubemigClusterReadPermission;

/** What there is: clusters, their namespaces and nodes, and pods. */
export function createClusterRoutes(options: {
  clusters: Clusters;
  entities: Entities;
  pods: PodReader;
}): Route[] {
  const { clusters, entities, pods } = options;
  return [
    route(
      'GET /clusters',
      {
        summary: 'Clusters, each with its version or what is wrong with it',
        permission,
        answer: itemsOf(clusterSchema),
      },
      async () => ({ items: await clusters.list() }),
    ),
    route(
      'GET /clusters/:cluster/namespaces',
      {
        summary: 'The namespaces that config grants and the cluster has',
        permission,
        answer: itemsOf(namespaceSchema),
      },
      async ({ params }) => ({
        items: await pods.listNamespaces(params.cluster),
      }),
    ),
    route(
      'GET /clusters/:cluster/nodes',
      {
        summary: 'Nodes with runtime, kubelet and kernel versions',
        permission,
        answer: itemsOf(nodeSchema),
      },
      async ({ params: { cluster } }) => {
        const client = await clusters.getClient(cluster);
        const nodes = await client.list('Node');
        return { items: nodes.map(node => summarizeNode(node, cluster)) };
      },
    ),
    route(
      'GET /clusters/:cluster/namespaces/:namespace/pods',
      {
        summary: 'Pods, each with what keeps it from being migrated',
        permission,
        answer: itemsOf(podSchema),
      },
      async ({ params: { cluster, namespace } }) => ({
        items: await pods.listPods(cluster, namespace),
      }),
    ),
    route(
      'GET /pods',
      {
        summary: "An entity's pods, by cluster",
        permission,
        query: z.strictObject({ entityRef: z.string().min(1).max(512) }),
        answer: itemsOf(clusterPodsSchema),
      },
      async ({ query, caller }) => {
        const entity = await entities.read(query.entityRef, caller);
        return { items: await pods.listEntityPods(entity) };
      },
    ),
  ];
}
