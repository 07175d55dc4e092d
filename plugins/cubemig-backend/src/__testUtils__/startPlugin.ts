import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import request from 'supertest';
import cubemigPlugin from '..';
import podList from '../pods/__fixtures__/pod-list-source.json';
import { onlyOwned } from './onlyOwned';

/** Answers as the kubernetes plugin and, behind its proxy, an API server do, with recorded objects. */
export function startKubernetesPlugin(): Promise<Server> {
  const app = express();
  app.get('/clusters', (_req, res) => {
    res.json({
      items: [
        { name: 'c1', authProvider: 'serviceAccount' },
        { name: 'c2', authProvider: 'serviceAccount' },
        { name: 'users', authProvider: 'google' },
      ],
    });
  });
  app.get('/proxy/version', (req, res) => {
    if (req.header('Backstage-Kubernetes-Cluster') === 'c1') {
      res.json({ gitVersion: 'v1.36.2' });
    } else {
      res.status(401).json({
        kind: 'Status',
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
    }
  });
  const pods = podList.items.map(pod => ({
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: { 'backstage.io/kubernetes-id': pod.metadata.name },
    },
  }));
  app.get('/proxy/api/v1/namespaces/default/pods', (req, res) => {
    const id = String(req.query.labelSelector ?? '').split('=')[1];
    const items = pods.filter(pod => !id || pod.metadata.name === id);
    res.json({ kind: 'PodList', metadata: { resourceVersion: '1' }, items });
  });
  app.get('/proxy/api/v1/namespaces/default/pods/:name', (req, res) => {
    const pod = pods.find(({ metadata }) => metadata.name === req.params.name);
    if (pod) res.json(pod);
    else
      res
        .status(404)
        .json({ kind: 'Status', reason: 'NotFound', message: 'not found' });
  });
  app.delete(
    '/proxy/api/v1/namespaces/default/pods/:name',
    express.json({ type: '*/*' }),
    (req, res) => {
      const pod = pods.find(
        ({ metadata }) => metadata.name === req.params.name,
      );
      const uid = req.body?.preconditions?.uid;
      if (pod && (!uid || uid === pod.metadata.uid)) {
        res.json({ kind: 'Status', status: 'Success' });
      } else {
        res
          .status(pod ? 409 : 404)
          .json({ kind: 'Status', reason: pod ? 'Conflict' : 'NotFound' });
      }
    },
  );
  app.use((_req, res) => {
    res
      .status(403)
      .json({ kind: 'Status', reason: 'Forbidden', message: 'forbidden' });
  });
  return new Promise(resolve => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
}

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'counter',
    annotations: { 'backstage.io/kubernetes-id': 'counter' },
  },
  spec: {},
};

type Result = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

/** The plugin in a backend whose kubernetes plugin is that server. */
export async function startPlugin(
  kubernetes: Server,
  options: {
    permission?: boolean;
    /** Of every permission, unless it is told apart by the entity. */
    decision?: Result;
    /** For an entity; everybody has some entities then. */
    decideFor?: (entityRef: string) => Result;
    /** More of the section `cubemig` of app-config. */
    cubemig?: object;
  } = {},
) {
  const {
    permission = true,
    decision = AuthorizeResult.ALLOW,
    decideFor,
    cubemig,
  } = options;
  const discovery = mockServices.discovery.mock({
    getBaseUrl: async () =>
      `http://127.0.0.1:${(kubernetes.address() as AddressInfo).port}`,
  });
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const backend = await startTestBackend({
    features: [
      cubemigPlugin,
      discovery.factory,
      auditor.factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ resourceRef }) => ({
            result:
              decideFor && resourceRef ? decideFor(resourceRef) : decision,
          })),
        authorizeConditional: async requests =>
          requests.map(query =>
            decideFor && query.permission.type === 'resource'
              ? onlyOwned
              : { result: decision },
          ),
      }).factory,
      catalogServiceMock.factory({
        entities: [component, { ...component, metadata: { name: 'plain' } }],
      }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: permission },
          cubemig: {
            namespaces: ['default'],
            courier: { image: 'r/courier:1' },
            registry: { host: '127.0.0.1:1', insecure: true },
            ...cubemig,
          },
        },
      }),
    ],
  });
  return { agent: request(backend.server), auditor, event };
}
