import { match, payload, useResponse } from './__testUtils__/startResponse';

describe('responses', () => {
  const start = useResponse();

  it('acts once on a storm of one kind, and follows it to the end', async () => {
    const { send, get, until } = await start([
      {
        name: 'evidence',
        match,
        action: 'migrate',
        target: { cluster: 'c2' },
        mode: 'auto',
      },
    ]);
    for (let request = 0; request < 5; request++) {
      const storm = Array.from({ length: 1000 }, () => payload());
      expect((await send(storm)).body).toEqual({ accepted: 1000 });
    }
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
    const detail = await until(async () => {
      const found = await get(`/alerts/${first.alert}`);
      return found.occurrences === 5000 && found;
    });
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

  it('does not do what was approved of a rule that says something else by now', async () => {
    const { agent, send, decided, get, until } = await start([
      { name: 'ask', match, action: 'checkpoint', mode: 'approve' },
    ]);
    await send(payload());
    const decision = await decided();
    const { id, revision } = decision.rule;
    const rule = {
      name: 'ask',
      match,
      action: 'migrate',
      target: { cluster: 'c2' },
    };
    await agent
      .put(`/api/cubemig/response/rules/${id}`)
      .send({ revision, rule });
    await agent.post(`/api/cubemig/decisions/${decision.id}/approve`).send({});
    const settled = await until(async () => {
      const found = await get(`/decisions/${decision.id}`);
      return found.status === 'not-acted' && found;
    });
    expect(settled.outcome).toContain('has changed the rule since');
    expect((await get('/migrations')).total).toBe(0);
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
});
