import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Server } from 'node:http';
import request from 'supertest';
import {
  startKubernetesPlugin,
  startPlugin,
} from './__testUtils__/startPlugin';

const body = {
  sourceCluster: 'c1',
  targetCluster: 'c2',
  namespace: 'default',
  pod: 'counter',
};

describe('cubemigPlugin', () => {
  let kubernetes: Server;
  beforeAll(async () => {
    kubernetes = await startKubernetesPlugin();
  });
  afterAll(() => {
    kubernetes.close();
  });

  const start = (options?: Parameters<typeof startPlugin>[1]) =>
    startPlugin(kubernetes, options);

  it('lists clusters, each with what is wrong with it', async () => {
    const { agent } = await start();
    const { body: answer, status } = await agent.get('/api/cubemig/clusters');
    expect(status).toBe(200);
    expect(answer.items).toEqual([
      { name: 'c1', version: 'v1.36.2' },
      {
        name: 'c2',
        problem: expect.objectContaining({ code: 'cluster-unauthorized' }),
      },
      {
        name: 'users',
        problem: expect.objectContaining({ code: 'cluster-needs-user-token' }),
      },
    ]);
  });

  it("finds an entity's pods by their own label", async () => {
    const { agent } = await start();
    const { body: answer } = await agent.get(
      '/api/cubemig/pods?entityRef=component:default/counter',
    );
    expect(answer.items[0].pods.map((pod: any) => pod.name)).toEqual([
      'counter',
    ]);
  });

  it.each([
    ['get', '/clusters'],
    ['get', '/clusters/c1/nodes'],
    ['get', '/clusters/c1/namespaces'],
    ['get', '/clusters/c1/namespaces/default/pods'],
    ['get', '/pods?entityRef=component:default/counter'],
    ['post', '/migrations'],
    ['get', '/migrations'],
    ['get', '/migrations/x'],
    ['get', '/migrations/x/timeline'],
    ['post', '/migrations/x/cancel'],
    ['post', '/migrations/x/retry'],
    ['post', '/migrations/x/hold'],
    ['post', '/migrations/x/release'],
  ] as const)(
    'refuses %s %s without the permission, and without credentials',
    async (method, path) => {
      const { agent } = await start({ decision: AuthorizeResult.DENY });
      const denied = await agent[method](`/api/cubemig${path}`);
      expect(denied.status).toBe(403);
      expect(denied.body.error.message).toMatch(
        /You lack the permission cubemig\./,
      );
      const unknown = await agent[method](`/api/cubemig${path}`).set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(unknown.status).toBe(401);
    },
  );

  it('starts no migration while the permission system is off', async () => {
    const { agent } = await start({ permission: false });
    const answer = await agent.post('/api/cubemig/migrations').send(body);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('permission.enabled');
  });

  it.each([
    [{ pod: undefined }, 400, 'pod: is missing'],
    [{ pod: 'UPPER' }, 400, 'pod: must be a Kubernetes name'],
    [{ pod: 'nobody' }, 400, "pod: there is no pod 'nobody'"],
    [{ podUid: 'other' }, 400, 'podUid: the pod'],
    [{ typo: 1 }, 400, 'typo: is not a known field'],
    [{ targetCluster: 'c1' }, 400, 'targetCluster: must differ'],
    [
      { targetCluster: 'c9' },
      400,
      "targetCluster: Backstage knows no cluster 'c9'",
    ],
    [{ targetCluster: 'users' }, 400, 'targetCluster: Cluster'],
    [{ namespace: 'kube-system' }, 403, "namespace 'kube-system'"],
    [{ entityRef: 'counter' }, 400, 'entityRef:'],
    [{ entityRef: 'component:default/none' }, 404, 'entityRef:'],
    [
      { entityRef: 'component:default/plain' },
      400,
      'no annotation backstage.io/kubernetes-id',
    ],
    [
      { entityRef: 'component:default/counter', pod: 'redis' },
      400,
      'pod: the pod',
    ],
  ])('refuses a migration with %j', async (change, status, text) => {
    const { agent, event } = await start();
    const answer = await agent
      .post('/api/cubemig/migrations')
      .send({ ...body, ...change });
    expect(answer.body.error.message).toContain(text);
    expect(answer.status).toBe(status);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it('stores a migration, audits it and tells how it goes', async () => {
    const { agent, auditor, event } = await start();
    const started = await agent.post('/api/cubemig/migrations').send({
      ...body,
      entityRef: 'component:default/counter',
      reason: 'maintenance',
    });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({
      status: 'queued',
      createdBy: 'user:default/mock',
      reason: 'maintenance',
      source: {
        cluster: 'c1',
        pod: 'counter',
        uid: expect.any(String),
        node: 'node-c1',
      },
      target: { cluster: 'c2', pod: 'counter' },
    });
    const { id } = started.body;
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'migration-start',
        meta: expect.objectContaining({ pod: 'counter' }),
      }),
    );
    expect(event.success).toHaveBeenCalledWith({ meta: { migration: id } });

    // This cluster lets nobody read ReplicaSets, so the migration must fail in its first step and say so.
    const ended = await waitForEnd(agent, id);
    expect(ended).toMatchObject({
      status: 'failed',
      failure: { step: 'preflight', code: 'cluster-forbidden' },
    });
    expect(ended.steps.map((step: any) => step.status)).toEqual([
      'failed',
      ...Array(6).fill('skipped'),
    ]);
    const timeline = await agent.get(`/api/cubemig/migrations/${id}/timeline`);
    expect(timeline.body.items.at(-1).message).toContain(
      'the source goes on serving',
    );
    const list = await agent.get(
      '/api/cubemig/migrations?status=failed,completed&entityRef=component:default/counter',
    );
    expect(list.body.items).toEqual([ended]);
    const none = await agent.get('/api/cubemig/migrations/none');
    expect(none.status).toBe(404);
  });

  async function waitForEnd(agent: ReturnType<typeof request>, id: string) {
    for (;;) {
      const { body: migration } = await agent.get(
        `/api/cubemig/migrations/${id}`,
      );
      if (['failed', 'completed'].includes(migration.status)) return migration;
    }
  }
});
