import { createDatabases } from '../../__testUtils__/createDatabases';
import { alert, createAlertStore } from '../__testUtils__/alertStore';

const databases = createDatabases();

describe.each(databases.eachSupportedId())('DatabaseAlertReader %s', id => {
  async function create() {
    return createAlertStore(await databases.init(id));
  }

  it('filters, sorts and pages', async () => {
    const { store, lease, list } = await create();
    const priorities = ['Debug', 'Critical', 'Warning', 'Critical', 'Notice'];
    await store.add(
      priorities.map((priority, i) =>
        alert({
          rule: `Rule ${i} 100%`,
          priority,
          cluster: i === 0 ? 'c2' : 'c1',
          time: `2026-09-01T10:0${i}:00Z`,
        }),
      ),
    );
    await store.add([alert({ rule: 'Rule 2 100%', priority: 'Warning' })]);
    await store.fold(lease, 600);
    const numbers = async (...args: Parameters<typeof list>) =>
      (await list(...args)).items.map(({ rule }) => Number(rule[5]));

    expect(await numbers()).toEqual([2, 4, 3, 1, 0]);
    expect(await numbers({}, { order: 'asc' })).toEqual([0, 1, 3, 4, 2]);
    expect(await numbers({}, { sort: 'occurrences', limit: 1 })).toEqual([2]);
    const byPriority = await numbers({}, { sort: 'priority' });
    expect([byPriority.slice(0, 2).sort(), ...byPriority.slice(2)]).toEqual([
      [1, 3],
      2,
      4,
      0,
    ]);
    expect(await numbers({ priority: ['Critical'] })).toEqual([3, 1]);
    expect(await numbers({ cluster: ['c2'] })).toEqual([0]);
    expect(await numbers({ text: '1 100%' })).toEqual([1]);
    expect(await numbers({ text: 'R_le' })).toEqual([]);
    expect(await numbers({ rule: 'Rule 3 100%' })).toEqual([3]);
    expect(
      await numbers({
        since: '2026-09-01T12:01:00+02:00',
        until: '2026-09-01T10:04:00Z',
      }),
    ).toEqual([3, 1]);
    expect(await numbers({ status: 'closed' })).toEqual([]);
    expect(await numbers({ kubernetesId: 'none' })).toEqual([]);

    for (const sort of ['lastAt', 'priority', 'occurrences']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page: any = await list({}, { sort, limit: 2, cursor });
        expect(page.total).toBe(5);
        seen.push(...page.items.map((item: any) => item.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(5);
      expect(seen).toHaveLength(5);
    }
    await expect(list({}, { cursor: 'nonsense' })).rejects.toThrow('cursor:');
  });

  it('counts for the dashboard', async () => {
    const { store, lease, reader } = await create();
    const at = (time: string, change: object = {}) =>
      alert({ time: `2026-09-01T${time}Z`, ...change });
    await store.add([
      at('10:00:10'),
      at('10:00:50', { cluster: 'c2' }),
      at('10:01:00', { rule: 'Other', priority: 'Critical' }),
      at('12:00:00', { rule: 'Third' }),
      at('12:00:01', { rule: 'Third' }),
    ]);
    await store.fold(lease, 600);
    const [{ id: one }] = await store.listDue('resolve', 1);
    await store.resolve(lease, [
      {
        id: one,
        found: {
          namespace: 'default',
          pod: 'p',
          podUid: 'u',
          podLabels: {},
          workload: { kind: 'Deployment', name: 'shop' },
          lineage: 'l',
        },
      },
    ]);
    const summary = await reader.summarize({}, 60);
    expect(summary).toMatchObject({
      alerts: 4,
      occurrences: 5,
      open: 4,
      bucketSeconds: 60,
      priorities: { Warning: 3, Critical: 1 },
      buckets: [
        { start: '2026-09-01T10:00:00.000Z', counts: { Warning: 2 } },
        { start: '2026-09-01T10:01:00.000Z', counts: { Critical: 1 } },
        { start: '2026-09-01T12:00:00.000Z', counts: { Warning: 1 } },
      ],
      clusters: [
        { value: 'c1', alerts: 3, occurrences: 4 },
        { value: 'c2', alerts: 1, occurrences: 1 },
      ],
      workloads: [
        {
          namespace: 'default',
          workload: { kind: 'Deployment', name: 'shop' },
        },
      ],
    });
    expect(summary.rules[0]).toEqual({
      value: 'Read sensitive file untrusted',
      alerts: 2,
      occurrences: 2,
    });
    expect((await reader.summarize({})).bucketSeconds).toBe(120);
    // The bars stay as wide as without the search.
    expect(await reader.summarize({ text: 'oTHer' })).toMatchObject({
      alerts: 1,
      bucketSeconds: 120,
      priorities: { Critical: 1 },
      buckets: [{ start: '2026-09-01T10:00:00.000Z' }],
      rules: [{ value: 'Other', alerts: 1 }],
      workloads: [],
      clusters: [{ value: 'c1', alerts: 1 }],
    });
    expect(await reader.summarize({ text: '%' })).toMatchObject({ alerts: 0 });
    expect(await reader.summarize({ rule: 'none' })).toMatchObject({
      alerts: 0,
      occurrences: 0,
      open: 0,
      buckets: [],
    });
  });
});
