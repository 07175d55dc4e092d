import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseMigrationStore } from '../../migration';
import { AlertLeaseLostError } from './AlertStore';
import { DatabaseAlertReader } from './DatabaseAlertReader';
import { DatabaseAlertStore } from './DatabaseAlertStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  // PostgreSQL only where a server is given: none can be started where there is no container engine.
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_17']
    : ['SQLITE_3'],
});

const base = JSON.parse(
  readFileSync(
    join(__dirname, '../__fixtures__/sidekick-read-sensitive-file.json'),
    'utf8',
  ),
);

function alert(
  change: { cluster?: string; receivedAt?: string; fields?: object } & Record<
    string,
    unknown
  > = {},
) {
  const { cluster = 'c1', receivedAt, fields, ...top } = change;
  const { time = new Date().toISOString(), ...rest } = top;
  return {
    cluster,
    receivedAt: receivedAt ?? new Date().toISOString(),
    payload: JSON.stringify({
      ...base,
      time,
      ...rest,
      output_fields: { ...base.output_fields, ...fields },
    }),
  };
}

describe.each(databases.eachSupportedId())('DatabaseAlertStore %s', id => {
  async function create() {
    const knex = await databases.init(id);
    await DatabaseMigrationStore.create(mockServices.database({ knex }));
    const store = new DatabaseAlertStore(knex);
    const reader = new DatabaseAlertReader(knex);
    const lease = (await store.hold('me', 60_000))!;
    const list = (
      selection: Parameters<typeof reader.list>[0] = {},
      page: object = {},
    ) =>
      reader.list(selection, {
        sort: 'lastAt',
        order: 'desc',
        limit: 50,
        ...page,
      });
    return { knex, store, reader, lease, list };
  }

  it('lends the work to one holder at a time, and fences the one before', async () => {
    const { store, lease } = await create();
    expect(await store.hold('me', 60_000)).toEqual(lease);
    expect(await store.hold('you', 60_000)).toBeUndefined();
    await store.release(lease);
    const taken = (await store.hold('you', 60_000))!;
    expect(taken.epoch).toBe(lease.epoch + 1);
    await store.add([alert()]);
    await expect(store.fold(lease, 600)).rejects.toThrow(AlertLeaseLostError);
    expect((await store.fold(taken, 600)).received).toBe(1);
    await store.hold('you', -1);
    expect((await store.hold('me', 60_000))!.epoch).toBe(taken.epoch + 1);
  });

  it('folds what is alike within the window, and only that', async () => {
    const { store, lease, list, reader } = await create();
    await store.add([alert(), alert({ uuid: 'x' }), alert({ rule: 'Other' })]);
    const first = await store.fold(lease, 600);
    expect(first).toMatchObject({ received: 3, grown: [] });
    expect(first.opened).toHaveLength(2);
    await store.add([
      alert({ output: 'latest' }),
      alert({ cluster: 'c2' }),
      alert({
        time: undefined,
        receivedAt: new Date(Date.now() + 700_000).toISOString(),
      }),
    ]);
    const second = await store.fold(lease, 600);
    expect(second.opened).toHaveLength(1);
    expect(second.grown).toHaveLength(1);
    expect(await store.fold(lease, 600)).toMatchObject({ received: 0 });

    const { items, total } = await list();
    expect(total).toBe(3);
    const grown = items.find(({ id: found }) => found === second.grown[0])!;
    expect(grown).toMatchObject({
      occurrences: 4,
      output: expect.any(String),
      status: 'open',
      namespace: 'default',
    });
    const page = await reader.listOccurrences(grown.id);
    expect(page.items).toHaveLength(4);
    expect(page.total).toBe(4);
    expect(JSON.parse(page.items[1].payload).output).toBe('latest');
  });

  it('opens a new alert when the window is over', async () => {
    const { store, lease } = await create();
    const later = new Date(Date.now() + 601_000).toISOString();
    await store.add([alert()]);
    const { opened } = await store.fold(lease, 600);
    await store.add([alert({ receivedAt: later })]);
    const next = await store.fold(lease, 600);
    expect(next.grown).toEqual([]);
    expect(next.opened).not.toEqual(opened);
  });

  it('learns a name that comes late, and keeps integers exactly', async () => {
    const { store, lease, reader, knex } = await create();
    const payload = alert().payload.replace(
      /"evt.time":\d+/,
      '"evt.time":1788257704000000001',
    );
    const anonymous = alert({
      fields: { 'k8s.pod.name': null, 'k8s.ns.name': '<NA>' },
    });
    await store.add([anonymous]);
    const { opened } = await store.fold(lease, 600);
    expect((await reader.get(opened[0]))?.pod).toBeUndefined();
    await store.add([{ ...anonymous, payload }]);
    await store.fold(lease, 600);
    expect(await reader.get(opened[0])).toMatchObject({
      pod: 'vuln-spring-75477-x',
      occurrences: 2,
    });
    const [row] = await knex('alert_occurrences').orderBy('id', 'desc');
    expect(row.payload).toContain('1788257704000000001');
  });

  it('hands out what is due, once', async () => {
    const { store, lease, reader } = await create();
    await store.add([
      alert(),
      alert({ rule: 'Test rule' }),
      alert({
        rule: 'On host',
        fields: { 'container.id': 'host', 'k8s.pod.name': null },
      }),
    ]);
    await store.fold(lease, 600);
    const [due, ...others] = await store.listDue('resolve', 10);
    expect(others).toEqual([]);
    expect(await store.listDue('decide', 10)).toMatchObject([
      { rule: 'On host' },
    ]);
    await store.resolve(lease, [{ id: due.id, retryAfterMs: 60_000 }]);
    expect(await store.listDue('resolve', 10)).toEqual([]);
    await store.resolve(lease, [
      {
        id: due.id,
        found: {
          namespace: 'default',
          pod: 'p',
          podUid: 'u',
          podLabels: { app: 'shop' },
          workload: { kind: 'Deployment', name: 'shop' },
          kubernetesId: 'shop',
          entityRef: 'component:default/shop',
          lineage: 'c1/default/Deployment/shop',
        },
      },
    ]);
    expect(await store.listDue('decide', 10)).toHaveLength(2);
    expect(await reader.get(due.id)).toMatchObject({
      workload: { kind: 'Deployment', name: 'shop' },
      entityRef: 'component:default/shop',
    });
    expect(await store.getRecord(due.id)).toMatchObject({
      attempts: 1,
      podLabels: { app: 'shop' },
    });
  });

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
    expect(await reader.summarize({ rule: 'none' })).toMatchObject({
      alerts: 0,
      occurrences: 0,
      open: 0,
      buckets: [],
    });
  });

  it('forgets what is too old or too much', async () => {
    const { store, lease, list, knex } = await create();
    const times = ['2026-01-01T00:00:00Z', undefined, undefined];
    await store.add(
      times.map((time, i) => alert({ rule: `r${i}`, ...(time && { time }) })),
    );
    await store.fold(lease, 600);
    await store.add([alert({ rule: 'not folded yet' })]);
    const keep = { days: 30, alerts: 10, occurrences: 10 };
    expect(await store.expire(keep)).toBe(1);
    expect((await list()).total).toBe(2);
    expect(await store.expire({ ...keep, alerts: 1 })).toBe(1);
    expect((await list()).total).toBe(1);
    await store.expire({ ...keep, occurrences: 0 });
    expect(await knex('alert_occurrences').pluck('alert_id')).toEqual([null]);
  });
});
