import {
  API,
  startInvestigation as start,
} from './__testUtils__/startInvestigation';

describe('what is of an entity', () => {
  it('is kept from others', async () => {
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

  it('is kept from them by way of what they own, too', async () => {
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

  it('is restored, tried again and ended by nobody else', async () => {
    const { agent } = await start([], 'component:default/shop');
    const restore = (entityRef?: string) =>
      agent.post(`${API}/migrations`).send({
        mode: 'restore',
        sourceCluster: 'c1',
        targetCluster: 'c2',
        namespace: 'demo',
        pod: 'shop-1',
        checkpointsOf: 'm2',
        entityRef,
      });
    const borrowed = await restore('component:default/shop');
    expect(borrowed.body.error).toMatchObject({ field: 'checkpointsOf' });
    for (const entityRef of ['component:default/other', undefined]) {
      expect((await restore(entityRef)).status).toBe(403);
    }
    for (const verb of ['retry', 'cancel', 'hold', 'release']) {
      const answer = await agent.post(`${API}/migrations/m2/${verb}`);
      expect([verb, answer.status]).toEqual([verb, 403]);
    }
  });
});
