import { mockCredentials } from '@backstage/backend-test-utils';
import { attackedReport } from '../forensics/__testUtils__/reports';
import {
  API,
  startInvestigation as start,
} from './__testUtils__/startInvestigation';

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
