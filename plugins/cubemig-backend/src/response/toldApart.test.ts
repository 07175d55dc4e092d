import { match, payload, useResponse } from './__testUtils__/startResponse';

describe('occurrences that are alike but for what rules look at', () => {
  const start = useResponse();
  const rule = { action: 'log', mode: 'auto', cooldownSeconds: 0 };
  const ofFile = (glob: string) => ({
    ...match,
    outputFields: { 'fd.name': glob },
  });
  const shadow = { ...rule, name: 'shadow', match: ofFile('/etc/shadow*') };
  const read = (name: string) => payload({}, { 'fd.name': name });

  it.each([
    ['before', [read('/etc/hosts')], [read('/etc/shadow')]],
    ['after', [], [read('/etc/shadow'), read('/etc/hosts')]],
  ])(
    'hide nothing from a rule, with something harmless %s it',
    async (_when, first, then) => {
      const { send, get, until, decided } = await start([shadow]);
      if (first.length > 0) {
        await send(first);
        await until(async () => (await get('/alerts')).total === 1);
      }
      await send(then);
      const { alert, rule: by } = await decided();
      expect(by.name).toBe('shadow');
      const { latestOccurrences } = await get(`/alerts/${alert}`);
      expect(latestOccurrences).toHaveLength(1);
      expect(latestOccurrences[0].payload).toContain('/etc/shadow');
    },
  );

  it('are not excused by the harmless one that a rule lets pass', async () => {
    const hosts = { ...rule, mode: 'dry-run', name: 'hosts' };
    const { send, get, until } = await start([
      { ...hosts, match: ofFile('/etc/hosts') },
      { ...rule, name: 'any', match },
    ]);
    await send([
      read('/etc/hosts'),
      read('/etc/shadow'),
      read('/etc/gshadow'),
      read('/etc/hosts'),
    ]);
    const page = await until(async () => {
      const found = await get('/decisions');
      return found.total === 2 && found;
    });
    const names = page.items.map((decision: any) => decision.rule.name);
    expect(names.sort()).toEqual(['any', 'hosts']);
    expect((await get('/alerts')).items).toMatchObject([
      { occurrences: 2 },
      { occurrences: 2 },
    ]);
  });

  it('stay one alert however much they differ in what no rule tells apart', async () => {
    const { send, get, until } = await start([shadow]);
    const noise = Array.from({ length: 100 }, (_, i) => read(`/etc/x-${i}`));
    await send([...noise, read('/etc/shadow'), read('/etc/shadow-')]);
    const page = await until(async () => {
      const { items } = await get('/alerts?sort=occurrences');
      const [many, few] = items;
      return many?.occurrences === 100 && few?.decision && items;
    });
    expect(page).toMatchObject([{ occurrences: 100 }, { occurrences: 2 }]);
    expect((await get('/decisions')).total).toBe(1);
  });
});
