import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { match, payload, useResponse } from './__testUtils__/startResponse';

describe('response rules', () => {
  const start = useResponse();

  it('keeps rules with their revisions and order', async () => {
    const { agent, get } = await start([
      { name: 'from config', match, action: 'log' },
    ]);
    const rules = '/api/cubemig/response/rules';
    const added = await agent
      .post(rules)
      .send({ name: 'mine', match: {}, action: 'log', mode: 'auto' });
    expect(added.status).toBe(201);
    const { id, revision } = added.body;
    const rule = { name: 'renamed', match, action: 'notify', mode: 'off' };
    const change = { revision, rule };
    const changed = await agent.put(`${rules}/${id}`).send(change);
    expect(changed.body).toMatchObject({ revision: 2, name: 'renamed' });
    expect((await agent.put(`${rules}/${id}`).send(change)).status).toBe(409);
    const unknown = await agent
      .post(rules)
      .send({ name: 'x', match, action: 'explode' });
    expect(unknown.body.error.message).toContain('log, notify, checkpoint');

    const { items } = await get('/response/rules');
    const ids = items.map((item: any) => item.id).reverse();
    const ordered = await agent.put(`${rules}/order`).send({ ids });
    expect(ordered.body.items.map((item: any) => item.id)).toEqual(ids);
    expect((await agent.put(`${rules}/order`).send({ ids: [id] })).status).toBe(
      400,
    );
    expect((await agent.delete(`${rules}/${id}`)).status).toBe(204);
    expect((await agent.get(`${rules}/${id}`)).status).toBe(404);
    const { items: revisions } = await get(`/response/rules/${id}/revisions`);
    expect(revisions.map((item: any) => item.rule?.name)).toEqual([
      undefined,
      'renamed',
      'mine',
    ]);
  });

  it('tries rules on pasted and stored alerts, and on the last days', async () => {
    const { agent, send, get, until } = await start();
    const rule = {
      name: 'r',
      match: { ...match, priority: { operator: '>=', value: 'Error' } },
      action: 'checkpoint',
    };
    const rules = '/api/cubemig/response/rules';
    const pasted = await agent
      .post(`${rules}/test`)
      .send({ rule, payload: JSON.stringify(payload()), cluster: 'c1' });
    expect(pasted.body.rules).toEqual([
      {
        name: 'r',
        isMatch: false,
        conditions: [
          expect.objectContaining({ field: 'rules', isMet: true }),
          {
            field: 'priority',
            isMet: false,
            expected: '>= Error',
            actual: 'Warning',
          },
        ],
      },
    ]);
    await send(payload());
    const alert = await until(
      async () =>
        (await get('/alerts')).items.find((item: any) => item.workload)?.id,
    );
    const stored = await agent
      .post(`${rules}/test`)
      .send({ rule: { ...rule, match }, alert });
    expect(stored.body.rules[0]).toMatchObject({
      isMatch: true,
      verdict: { verdict: 'dry-run' },
    });
    const rehearsed = await agent
      .post(`${rules}/rehearse`)
      .send({ ...rule, match });
    expect(rehearsed.body).toMatchObject({
      examined: 1,
      matched: 1,
      actions: 1,
      alerts: [{ id: alert, isCooledDown: false }],
    });
  });

  it('looks for output fields in earlier occurrences, too', async () => {
    const { agent, get, send, until } = await start();
    for (const file of ['/etc/hosts', '/etc/shadow', '/etc/hosts']) {
      await send(payload({}, { 'fd.name': file }));
    }
    await until(async () => (await get('/alerts')).items[0]?.occurrences === 3);
    const rehearse = async (fields: object) => {
      const rule = {
        name: 'r',
        match: { ...match, outputFields: fields },
        action: 'log',
      };
      const { body } = await agent
        .post('/api/cubemig/response/rules/rehearse')
        .send(rule);
      return body;
    };
    expect(await rehearse({ 'fd.name': '/etc/hosts' })).toMatchObject({
      matched: 1,
      occurrences: { examined: 0, of: 0 },
    });
    expect(await rehearse({ 'fd.name': '/etc/shadow' })).toMatchObject({
      matched: 1,
      occurrences: { examined: 3, of: 3 },
    });
    expect(await rehearse({ 'fd.name': '/etc/passwd' })).toMatchObject({
      matched: 0,
      occurrences: { examined: 3, of: 3 },
    });
  });

  it('does not tell owners of the alerts of others by way of rules', async () => {
    const { agent } = await start(undefined, {
      decideFor: () => AuthorizeResult.ALLOW,
    });
    const rules = '/api/cubemig/response/rules';
    const rule = { name: 'r', match, action: 'log' };
    expect((await agent.post(`${rules}/rehearse`).send(rule)).status).toBe(403);
    const stored = await agent.post(`${rules}/test`).send({ alert: 'a' });
    expect(stored.status).toBe(403);
  });

  it("speaks the original's /config", async () => {
    const { agent, get } = await start();
    const original = {
      rule: 'Clear Log Activities',
      cluster: 'c1',
      action: 'migrate',
      targetCluster: 'c2',
      forensic_analysis: true,
      AI_suggestion: false,
    };
    const config = '/api/cubemig/config';
    const added = await agent
      .post(config)
      .send({ ...original, registry_address: 'ignored' });
    expect(added.body).toEqual({ message: 'New rule added successfully' });
    expect(await get('/config')).toEqual({ config: [original] });
    expect(await get('/response/rules/export')).toEqual({ config: [original] });
    expect((await get('/response/rules')).items[0]).toMatchObject({
      mode: 'approve',
      match: { rules: ['Clear Log Activities'], clusters: ['c1'] },
    });
    const imported = await agent
      .post('/api/cubemig/response/rules/import')
      .send({ config: [{ ...original, action: 'log', targetCluster: null }] });
    expect(imported.body.items[0].mode).toBe('dry-run');
    expect((await agent.delete(`${config}/7`)).status).toBe(404);
    const deleted = await agent.delete(`${config}/0`);
    expect(deleted.body.deleted_rule).toEqual(original);
    expect((await get('/config')).config).toHaveLength(1);
  });

  it.each([
    ['get', '/alerts'],
    ['get', '/alerts/summary'],
    ['get', '/alerts/x'],
    ['get', '/alerts/x/occurrences'],
    ['post', '/alerts/x/acknowledge'],
    ['post', '/alerts/x/close'],
    ['get', '/response/rules'],
    ['post', '/response/rules'],
    ['put', '/response/rules/x'],
    ['delete', '/response/rules/x'],
    ['put', '/response/rules/order'],
    ['post', '/response/rules/import'],
    ['get', '/decisions'],
    ['post', '/decisions/x/approve'],
    ['post', '/decisions/x/reject'],
    ['put', '/response/switch'],
    ['get', '/config'],
    ['post', '/config'],
    ['delete', '/config/0'],
  ] as const)('refuses %s %s without the permission', async (method, path) => {
    const { agent } = await start([], { decision: AuthorizeResult.DENY });
    const denied = await agent[method](`/api/cubemig${path}`);
    expect(denied.status).toBe(403);
    const nobody = await agent[method](`/api/cubemig${path}`).set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(nobody.status).toBe(401);
  });
});
