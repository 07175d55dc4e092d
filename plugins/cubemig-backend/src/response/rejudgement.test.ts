import { match, payload, useResponse } from './__testUtils__/startResponse';

describe('an open alert whose rules change', () => {
  const start = useResponse();
  const dryRun = {
    name: 'r',
    match,
    action: 'log',
    mode: 'dry-run',
    cooldownSeconds: 0,
  };

  async function startWithAlert(rule: object) {
    const started = await start([rule]);
    const { agent, get, send, until } = started;
    await send(payload());
    // What is not begun when its rule changes is not done.
    await until(async () =>
      ['awaiting-approval', 'not-acted', 'succeeded'].includes(
        (
          await get('/decisions')
        ).items[0]?.status,
      ),
    );
    const [{ id, revision }] = (await get('/response/rules')).items;
    const rules = '/api/cubemig/response/rules';
    return {
      ...started,
      change: (change: object) =>
        agent
          .put(`${rules}/${id}`)
          .send({ revision, rule: { ...rule, ...change } }),
      add: (change: object) =>
        agent.post(rules).send({ ...rule, name: 'new', ...change }),
      /** The decisions about the alert, newest first, once there are so many. */
      decisions: (number: number) =>
        until<any[]>(async () => {
          const { items } = await get('/decisions');
          return items.length === number && items;
        }),
      /** Sends one more occurrence, and waits until it is looked at. */
      async recur() {
        const [{ occurrences }] = (await get('/alerts?kind=alert')).items;
        await send(payload());
        await until(async () => {
          const { items, total } = await get('/alerts?kind=alert');
          expect(total).toBe(1);
          return items[0].occurrences > occurrences;
        });
      },
      /** An alert behind it in the queue is judged when it has been. */
      async settle() {
        await send(payload({ rule: 'Read sensitive last' }));
      },
    };
  }

  it('is judged by the new revision when it fires again, once', async () => {
    const { change, decisions, recur, settle } = await startWithAlert(dryRun);
    await recur();
    await change({ mode: 'auto' });
    await recur();
    const [latest, first] = await decisions(2);
    expect(first).toMatchObject({ verdict: 'dry-run', rule: { revision: 1 } });
    expect(latest).toMatchObject({
      verdict: 'act',
      rule: { revision: 2 },
      alert: first.alert,
    });
    await recur();
    await settle();
    const [ofLast, ...others] = await decisions(3);
    expect(ofLast.falcoRule).toBe('Read sensitive last');
    expect(others.map(({ id }) => id)).toEqual([latest.id, first.id]);
  });

  it('does not lead to the same action twice', async () => {
    const { change, add, decisions, recur } = await startWithAlert({
      ...dryRun,
      mode: 'auto',
    });
    await change({ description: 'the same, in other words', continue: true });
    await add({ mode: 'auto' });
    await recur();
    const [one, other] = await decisions(3);
    for (const decision of [one, other]) {
      expect(decision).toMatchObject({
        verdict: 'suppress',
        guard: 'same-alert',
      });
    }
  });

  it('is asked about anew, and what was asked before lapses', async () => {
    const { agent, change, decisions, recur, get } = await startWithAlert({
      ...dryRun,
      action: 'checkpoint',
      mode: 'approve',
      cooldownSeconds: 3600,
    });
    await change({ description: 'another reason' });
    await recur();
    const [latest, first] = await decisions(2);
    expect(latest).toMatchObject({ status: 'awaiting-approval' });
    expect(await get(`/decisions/${first.id}`)).toMatchObject({
      status: 'expired',
      outcome: 'The rule was changed before it was begun',
    });
    const path = `/api/cubemig/decisions/${first.id}/approve`;
    expect((await agent.post(path).send({})).status).toBe(409);
  });
});
