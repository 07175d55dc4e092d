import { cubemigClusterReadPermission } from '@cubemig/plugin-cubemig-common';
import Router from 'express-promise-router';
import { z } from 'zod';
import { summarizeNode } from '../pods';
import { parseInput } from './parseInput';
import { RouterOptions } from './RouterOptions';

const entityQuerySchema = z.object({ entityRef: z.string().min(1).max(512) });

/** What there is: clusters, their namespaces and nodes, and pods. */
export function createClusterRoutes(options: RouterOptions) {
  const { access, clusters, entities, pods } = options;
  const router = Router();

  router.get('/clusters', async (req, res) => {
    await access.require(req, cubemigClusterReadPermission);
    res.json({ items: await clusters.list() });
  });

  router.get('/clusters/:cluster/namespaces', async (req, res) => {
    await access.require(req, cubemigClusterReadPermission);
    const { cluster } = req.params;
    const items = await pods.listNamespaces(cluster);
    res.json({ items });
  });

  router.get('/clusters/:cluster/nodes', async (req, res) => {
    await access.require(req, cubemigClusterReadPermission);
    const { cluster } = req.params;
    const client = await clusters.getClient(cluster);
    const nodes = await client.list('Node');
    res.json({ items: nodes.map(node => summarizeNode(node, cluster)) });
  });

  router.get(
    '/clusters/:cluster/namespaces/:namespace/pods',
    async (req, res) => {
      await access.require(req, cubemigClusterReadPermission);
      const { cluster, namespace } = req.params;
      const items = await pods.listPods(cluster, namespace);
      res.json({ items });
    },
  );

  router.get('/pods', async (req, res) => {
    const credentials = await access.require(req, cubemigClusterReadPermission);
    const { entityRef } = parseInput(entityQuerySchema, req.query);
    const entity = await entities.read(entityRef, credentials);
    res.json({ items: await pods.listEntityPods(entity) });
  });

  return router;
}
