import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  startKubernetesPlugin,
  startPlugin,
} from '../__testUtils__/startPlugin';

jest.setTimeout(30_000);

const token = 'token-of-cluster-one';
const containerId = 'fb99e64a1f28';

const senders = [
  { cluster: 'c1', token, username: 'falco', password: token },
  { cluster: 'c2', token: 'token-of-cluster-two' },
];

const match = { rules: ['Read sensitive *'] };

function payload(change: Record<string, unknown> = {}, fields: object = {}) {
  return {
    rule: 'Read sensitive file untrusted',
    priority: 'Warning',
    time: new Date().toISOString(),
    source: 'syscall',
    output: 'A file was read',
    tags: ['T1555'],
    output_fields: {
      'container.id': containerId,
      'proc.cmdline': 'cat /etc/shadow',
      'k8s.ns.name': null,
      'k8s.pod.name': null,
      ...fields,
    },
    ...change,
  };
}

describe('alerts and responses', () => {
  let kubernetes: Server;
  beforeAll(async () => {
    kubernetes = await startKubernetesPlugin();
  });
  afterAll(() => {
    kubernetes.close();
  });

  async function start(
    rules: object[] = [],
    options: Parameters<typeof startPlugin>[1] = {},
  ) {
    const started = await startPlugin(kubernetes, {
      ...options,
      cubemig: { alerts: { senders }, response: { rules } },
    });
    const { agent } = started;
    const send = (body: unknown) =>
      agent
        .post('/api/cubemig/alert')
        .set('Authorization', '')
        .set('X-CubeMig-Token', token)
        .set('Content-Type', 'application/json')
        .send(typeof body === 'string' ? body : JSON.stringify(body));
    const get = async (path: string) => {
      const answer = await agent.get(`/api/cubemig${path}`);
      expect(answer.body.error).toBeUndefined();
      return answer.body;
    };
    const until = async <T>(
      look: () => Promise<T | undefined | false>,
    ): Promise<T> => {
      for (;;) {
        const found = await look();
        if (found) return found;
      }
    };
    const decided = () =>
      until(async () => (await get('/decisions')).items[0] as any);
    return { ...started, send, get, until, decided };
  }

  it('takes in what a cluster sends, and nothing from anybody else', async () => {
    const { agent, send, get, until } = await start();
    const post = (path: string, headers: Record<string, string>) =>
      agent
        .post(`/api/cubemig${path}`)
        .set({ Authorization: '', ...headers })
        .send(payload());
    const two = { 'X-CubeMig-Token': 'token-of-cluster-two' };
    const basic = `Basic ${Buffer.from(`falco:${token}`).toString('base64')}`;

    expect((await send(payload())).body).toEqual({ accepted: 1 });
    expect((await post('/alert', { Authorization: basic })).status).toBe(202);
    expect((await post('/alert/c2', two)).status).toBe(202);
    const foreign = await post('/alert/c1', two);
    expect(foreign.status).toBe(403);
    expect((await post('/alert', {})).status).toBe(401);
    const forged = await post('/alert', { 'X-CubeMig-Token': 'guessed' });
    expect(forged.status).toBe(401);
    const user = { Authorization: mockCredentials.user.header() };
    expect((await post('/alert', user)).status).toBe(401);
    const zipped = await agent
      .post('/api/cubemig/alert')
      .set({
        'X-CubeMig-Token': token,
        'Content-Encoding': 'gzip',
        'Content-Type': 'application/json; charset=utf-8',
      })
      .serialize(body => body)
      .send(gzipSync(JSON.stringify([payload(), payload()])) as any);
    expect(zipped.body).toEqual({ accepted: 2 });

    const page = await until(async () => {
      const found = await get('/alerts?sort=occurrences');
      return found.items[0]?.occurrences === 4 && found;
    });
    expect(page.items.map((alert: any) => alert.cluster)).toEqual(['c1', 'c2']);
  });

  it.each([
    ['10:15:03.434: Notice A shell was spawned', 400, 'json_output: true'],
    ['{"rule":"x"}', 400, 'That is no alert of Falco'],
    [`[${'1,'.repeat(600_000)}1]`, 413, 'send fewer alerts at once'],
  ])('says what to do about %.20s', async (body, status, text) => {
    const { send, get } = await start();
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(text);
    expect((await get('/alerts')).total).toBe(0);
  });

  it('finds the pod, its entity, and what a dashboard shows', async () => {
    const { send, get, until } = await start();
    await send([
      payload({}, { 'evt.time': 1 }),
      payload({ rule: 'Test rule', priority: 'Debug' }),
    ]);
    const alert = await until(
      async () =>
        (
          await get('/alerts?entityRef=component:default/counter')
        ).items[0],
    );
    expect(alert).toMatchObject({
      cluster: 'c1',
      namespace: 'default',
      pod: 'counter',
      workload: { kind: 'Pod', name: 'counter' },
      entityRef: 'component:default/counter',
      status: 'open',
      kind: 'alert',
    });
    const detail = await get(`/alerts/${alert.id}`);
    expect(JSON.parse(detail.latestOccurrences[0].payload).rule).toBe(
      'Read sensitive file untrusted',
    );
    expect(detail).toMatchObject({ decisions: [], lineage: [] });
    expect(await get('/alerts/summary')).toMatchObject({
      alerts: 2,
      priorities: { Warning: 1, Debug: 1 },
    });
    expect((await get('/alerts?kind=test')).items[0].rule).toBe('Test rule');
  });

  it('acts once on a thousand alerts of one kind, and follows it to the end', async () => {
    const { send, get, until } = await start([
      {
        name: 'evidence',
        match,
        action: 'migrate',
        target: { cluster: 'c2' },
        mode: 'auto',
      },
    ]);
    const storm = Array.from({ length: 500 }, () => payload());
    expect((await send(storm)).status).toBe(202);
    expect((await send(storm)).status).toBe(202);
    await send(payload({}, { 'proc.cmdline': 'cat /etc/passwd' }));
    const [latest, first] = await until(async () => {
      const { items } = await get('/decisions');
      return items.length === 2 && items[1].status === 'failed' && items;
    });
    expect(first).toMatchObject({
      verdict: 'act',
      action: 'migrate',
      rule: { name: 'evidence', revision: 1 },
      pod: 'counter',
      targetCluster: 'c2',
      migration: first.id,
      // This cluster lets nobody read what a migration must know.
      status: 'failed',
      outcome: expect.stringContaining('c1'),
    });
    expect(latest).toMatchObject({
      verdict: 'suppress',
      guard: 'cooldown',
      status: 'not-acted',
    });
    const { items } = await get('/migrations');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: first.id,
      trigger: { kind: 'rule', decision: first.id, alert: first.alert },
      createdBy: 'cubemig:response',
    });
    const detail = await get(`/alerts/${first.alert}`);
    expect(detail.occurrences).toBe(1000);
    expect(detail.decision).toMatchObject({ id: first.id, status: 'failed' });
    expect(detail.lineage).toMatchObject([
      { migration: first.id, isResponse: true },
    ]);
  });

  it('asks before it acts, and takes the answer once', async () => {
    const { agent, send, decided, get, until } = await start([
      { name: 'ask', match, action: 'checkpoint', mode: 'approve' },
    ]);
    await send(payload());
    const decision = await decided();
    expect(decision).toMatchObject({
      verdict: 'ask',
      status: 'awaiting-approval',
      expiresAt: expect.any(String),
    });
    const path = `/api/cubemig/decisions/${decision.id}`;
    const approved = await agent
      .post(`${path}/approve`)
      .send({ comment: 'go' });
    expect(approved.body).toMatchObject({
      status: 'pending',
      actor: 'user:default/mock',
      comment: 'go',
    });
    expect((await agent.post(`${path}/reject`).send({})).status).toBe(409);
    await until(
      async () => (await get(`/decisions/${decision.id}`)).status === 'failed',
    );
    expect((await get('/migrations')).items[0]).toMatchObject({
      mode: 'checkpoint',
      createdBy: 'user:default/mock',
    });
  });

  it.each([
    ['stale', payload({ time: '2026-09-01T10:15:03.434319636Z' })],
    ['no-pod', payload({}, { 'container.id': 'host' })],
    ['no-pod', payload({}, { 'k8s.ns.name': 'kube-system' })],
  ])('is held back by the guard %s', async (guard, alert) => {
    const { send, decided } = await start([
      { name: 'r', match, action: 'checkpoint', mode: 'auto' },
    ]);
    await send(alert);
    expect(await decided()).toMatchObject({ verdict: 'suppress', guard });
  });

  it('does nothing while it is switched off, and says so', async () => {
    const { agent, auditor, send, decided } = await start([
      { name: 'r', match, action: 'checkpoint', mode: 'auto' },
    ]);
    const answer = await agent
      .put('/api/cubemig/response/switch')
      .send({ isOn: false, reason: 'drill' });
    expect(answer.body).toMatchObject({
      isOn: false,
      changedBy: 'user:default/mock',
      reason: 'drill',
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'response-switch' }),
    );
    await send(payload());
    expect(await decided()).toMatchObject({ guard: 'switched-off' });
  });

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
