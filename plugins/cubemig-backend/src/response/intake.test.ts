import { mockCredentials } from '@backstage/backend-test-utils';
import { gzipSync } from 'node:zlib';
import { poison } from '../alerts/__testUtils__/poison';
import {
  match,
  payload,
  token,
  useResponse,
} from './__testUtils__/startResponse';

describe('the intake of alerts', () => {
  const start = useResponse();

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

  it('goes on after alerts that somebody has thought about', async () => {
    const rule = { name: 'r', match, action: 'log', mode: 'auto' };
    const { agent, send, get, until } = await start([rule]);
    for (const text of poison) expect((await send(text)).status).toBe(202);
    await send(payload({ rule: 'Read sensitive last' }));
    await until(async () => {
      const { items } = await get('/decisions');
      return items.some((one: any) => one.falcoRule === 'Read sensitive last');
    });
    for (const { id, trouble } of (await get('/alerts?limit=50')).items) {
      expect(trouble).toBeUndefined();
      const detail = await agent.get(`/api/cubemig/alerts/${id}`);
      expect(detail.body.occurrences).toBeDefined();
    }
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

  it('recognises what is replayed, and changes nothing for it', async () => {
    const { agent, send, get, until } = await start([
      { name: 'r', match, action: 'log', mode: 'auto', cooldownSeconds: 0 },
    ]);
    const [one, other] = [payload(), payload()];
    expect((await send(one)).body).toEqual({ accepted: 1 });
    await until(async () => (await get('/decisions')).total === 1);
    const again = await send([one, other, other]);
    expect(again.status).toBe(202);
    expect(again.body).toEqual({ accepted: 1, replayed: 2 });
    // The same text from another cluster is another alert.
    const elsewhere = await agent
      .post('/api/cubemig/alert')
      .set('X-CubeMig-Token', 'token-of-cluster-two')
      .send(one);
    expect(elsewhere.body).toEqual({ accepted: 1 });

    const page = await until(async () => {
      const found = await get('/alerts?sort=occurrences');
      return found.total === 2 && found.items[0].occurrences === 2 && found;
    });
    await agent
      .post(`/api/cubemig/alerts/${page.items[0].id}/close`)
      .send({ reason: 'so that anything new would open an alert' });
    expect((await send([one, other])).body).toEqual({
      accepted: 0,
      replayed: 2,
    });
    await send(payload({ rule: 'Test rule' }));
    await until(async () => (await get('/alerts?kind=test')).total === 1);
    expect((await get('/alerts?kind=alert&cluster=c1')).items).toMatchObject([
      { status: 'closed', occurrences: 2 },
    ]);
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

  it('lets people say that they are at an alert, and that it is over', async () => {
    const { agent, auditor, send, get, until } = await start();
    await send(payload());
    const { id } = await until(async () => (await get('/alerts')).items[0]);
    const path = `/api/cubemig/alerts/${id}`;
    const handled = (what: string, body: object) =>
      agent.post(`${path}/${what}`).send(body);

    expect((await handled('acknowledge', {})).body).toMatchObject({
      status: 'open',
      handling: { state: 'acknowledged', by: 'user:default/mock' },
    });
    expect((await handled('close', {})).status).toBe(400);
    const closed = await handled('close', { reason: 'a drill' });
    expect(closed.body).toMatchObject({
      status: 'closed',
      handling: { state: 'closed', reason: 'a drill' },
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'alert-close' }),
    );
    const again = await handled('acknowledge', {});
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain('user:default/mock has closed');
    expect((await get('/alerts?handling=none')).total).toBe(0);

    await send(payload());
    await until(async () => (await get('/alerts?handling=none')).total === 1);
  });
});
