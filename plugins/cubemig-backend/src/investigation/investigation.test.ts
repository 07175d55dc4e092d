import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import {
  attackedReport,
  cleanReport,
  createDatabase,
  createDatabases,
  createMigration,
} from '../forensics/__testUtils__/reports';
import { cubemigPlugin } from '../plugin';

jest.setTimeout(60_000);

const databases = createDatabases();
const API = '/api/cubemig';

async function start(denied: string[] = [], owned?: string) {
  const before = createMigration('m0');
  const after = createMigration('m1');
  const foreign = {
    ...createMigration('m2'),
    entityRef: 'component:default/other',
  };
  const { knex, reports } = await createDatabase(
    databases,
    'SQLITE_3',
    before,
    after,
    foreign,
  );
  const { cluster, namespace, pod } = after.source;
  for (const [migration, report] of [
    ['m0', cleanReport],
    ['m1', attackedReport],
    ['m2', cleanReport],
  ] as const) {
    const key = { migration, container: 'shop' };
    await reports.expect({
      ...key,
      subject: {
        cluster,
        namespace,
        pod,
        entityRef: 'component:default/shop',
      },
      source: { repository: 'r', digest: 'd', image: 'i', bytes: 1 },
    });
    await reports.store(key, 1, report);
  }
  const actions = actionsRegistryServiceMock();
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const backend = await startTestBackend({
    features: [
      cubemigPlugin,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      auditor.factory,
      mockServices.database.factory({ knex }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission, resourceRef }) => ({
            result:
              denied.includes(permission.name) ||
              (owned && resourceRef && resourceRef !== owned)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) =>
            owned && !denied.includes(permission.name)
              ? {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'catalog',
                  resourceType: 'catalog-entity',
                  conditions: {
                    rule: 'IS_ENTITY_OWNER',
                    resourceType: 'catalog-entity',
                    params: { claims: [] },
                  },
                }
              : {
                  result: denied.includes(permission.name)
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
                },
          ),
      }).factory,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          cubemig: {
            namespaces: ['demo'],
            courier: { image: 'r/courier:1' },
            registry: { host: '127.0.0.1:1', insecure: true },
          },
        },
      }),
    ],
  });
  return { agent: request(backend.server), actions, auditor, event };
}

describe('the investigation of checkpoints over the API', () => {
  it('shows reports, findings, comparisons and files', async () => {
    const { agent } = await start();
    const REPORT = `${API}/migrations/m1/reports/shop`;
    const list = await agent.get(`${API}/migrations/m1/reports`);
    expect(list.body.items).toMatchObject([
      { container: 'shop', state: 'stored', verdict: 'compromised' },
    ]);
    const one = await agent.get(REPORT);
    expect(one.body.forensics).toEqual(attackedReport.forensics);

    const found = await agent.get(
      `${API}/findings?rule=shell-with-socket&severity=critical&cluster=c1`,
    );
    expect(found.body).toMatchObject({
      total: 1,
      items: [{ migration: 'm1', finding: { id: 'shell-with-socket' } }],
    });
    const wrong = await agent.get(`${API}/findings?severity=worst`);
    expect(wrong.status).toBe(400);

    const sarif = await agent.get(`${REPORT}/download/sarif`);
    expect(sarif.headers['content-disposition']).toContain('shop.sarif');
    expect(JSON.parse(sarif.text).version).toBe('2.1.0');
    expect((await agent.get(`${REPORT}/download/pdf`)).status).toBe(400);

    const { body } = await agent.get(
      `${REPORT}/comparison?withMigration=m0&withContainer=shop`,
    );
    expect(body.verdict_a.verdict).toBe('clean');
    expect(body.verdict_b.verdict).toBe('compromised');
    expect(body.story.appeared.length).toBeGreaterThan(0);

    const missing = await agent.get(`${API}/migrations/m1/reports/other`);
    expect(missing.status).toBe(404);
    const evidence = await agent.get(`${API}/migrations/m1/evidence`);
    expect(evidence.headers['content-type']).toBe('application/gzip');
  });

  it('says how assessments are switched on while there is no key', async () => {
    const { agent } = await start();
    const { body } = await agent.get(`${API}/assessment`);
    expect(body.problem.remedy).toContain('cubemig.assessment.apiKey');
    const refused = await agent.post(
      `${API}/migrations/m1/reports/shop/assessments`,
    );
    expect(refused.status).toBe(503);
    expect(refused.body.error.message).toContain('apiKey');
  });

  it('asks for a permission of its own for each, and audits what shows secrets', async () => {
    const { agent, auditor, event } = await start([
      'cubemig.forensics.reveal-secrets',
      'cubemig.assessment.create',
      'cubemig.simulation.run',
    ]);
    const REPORT = `${API}/migrations/m1/reports/shop`;
    const body = { pid: 1, name: 'DB_URL', reason: 'to change it' };
    const reveal = await agent.post(`${REPORT}/reveal`).send(body);
    expect(reveal.status).toBe(403);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'secret-reveal',
        severityLevel: 'high',
        meta: expect.objectContaining({ name: 'DB_URL', container: 'shop' }),
      }),
    );
    expect(event.fail).toHaveBeenCalled();
    expect((await agent.post(`${REPORT}/assessments`)).status).toBe(403);
    const simulate = await agent
      .post(`${API}/simulate`)
      .send({ appName: 'a', attackType: 'log_removal' });
    expect(simulate.status).toBe(403);
    expect((await agent.get(REPORT)).status).toBe(200);
  });

  it('keeps others from what is of an entity', async () => {
    const { agent } = await start([], 'component:default/shop');
    const ask = (
      migration: string,
      method: 'get' | 'post',
      path: string,
      body?: object,
    ) => agent[method](`${API}/migrations/${migration}/${path}`).send(body);
    const inquiry = { kind: 'file-diff' };
    const reveal = { pid: 1, name: 'A', reason: 'to change it' };
    for (const [method, path, body] of [
      ['get', 'reports'],
      ['get', 'reports/shop'],
      ['post', 'reports/shop/retry'],
      ['get', 'reports/shop/download/json'],
      ['get', 'reports/shop/comparison?withMigration=m1&withContainer=shop'],
      ['post', 'reports/shop/inquiries', inquiry],
      ['post', 'reports/shop/reveal', reveal],
      ['get', 'evidence'],
      ['post', 'reports/shop/assessments'],
      ['get', 'assessments'],
    ] as const) {
      const foreign = await ask('m2', method, path, body);
      expect([path, foreign.status]).toEqual([path, 403]);
      expect(foreign.body.error.message).toContain('component:default/other');
      const own = await ask('m1', method, path, body);
      expect([path, own.status]).not.toEqual([path, 403]);
    }
  });

  it('keeps others from it by way of what they own', async () => {
    const { agent } = await start([], 'component:default/shop');
    const compared = await agent.get(
      `${API}/migrations/m1/reports/shop/comparison?withMigration=m2&withContainer=shop`,
    );
    expect(compared.status).toBe(403);
    const differs = await agent
      .post(`${API}/migrations/m1/reports/shop/inquiries`)
      .send({
        kind: 'file-diff',
        with: { migration: 'm2', container: 'shop' },
      });
    expect(differs.status).toBe(403);

    for (const query of [
      '',
      '?migration=m2',
      '?entityRef=component:default/other',
    ]) {
      const found = await agent.get(`${API}/findings${query}`);
      expect([query, found.status]).toEqual([query, 403]);
      const alerts = await agent.get(`${API}/alerts${query}`);
      expect(alerts.status).toBe(query === '?migration=m2' ? 400 : 403);
    }
    const own = await agent.get(
      `${API}/findings?entityRef=component:default/shop`,
    );
    expect(own.body.total).toBeGreaterThan(0);

    const { body } = await agent.get(`${API}/logs/forensic`);
    expect(JSON.stringify(body)).toContain('_m1/');
    expect(JSON.stringify(body)).not.toContain('_m2/');
  });

  it('is described in OpenAPI', async () => {
    const { agent } = await start();
    const { body } = await agent.get(`${API}/openapi.json`);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/findings',
        '/assessments/{id}/stream',
        '/simulate',
      ]),
    );
  });

  it('gives agents actions that only read, to who may read', async () => {
    const { actions } = await start(['cubemig.alert.read']);
    const credentials = mockCredentials.user();
    const { actions: listed } = await actions.list();
    expect(listed.map(({ name }) => name)).toEqual([
      'list-alerts',
      'get-migration',
      'get-findings',
    ]);
    for (const { attributes } of listed) {
      expect(attributes).toMatchObject({ readOnly: true, destructive: false });
    }
    const invoke = (id: string, input: any) =>
      actions.invoke({ id: `test:${id}`, input, credentials });
    const { output } = await invoke('get-findings', { severity: 'critical' });
    expect(output).toMatchObject({ total: 2, findings: { length: 2 } });
    const got = await invoke('get-migration', { id: 'm1' });
    expect(got.output).toMatchObject({ status: 'completed' });
    await expect(invoke('list-alerts', {})).rejects.toThrow(
      'cubemig.alert.read',
    );
    const { actions: owners } = await start([], 'component:default/shop');
    const find = (input: object) =>
      owners.invoke({
        id: 'test:get-findings',
        input: input as any,
        credentials,
      });
    await expect(find({})).rejects.toThrow('name the entity');
    await expect(find({ migration: 'm2' })).rejects.toThrow('other');
    expect((await find({ migration: 'm1' })).output).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ migration: 'm1' }),
      ]),
    });
  });
});
