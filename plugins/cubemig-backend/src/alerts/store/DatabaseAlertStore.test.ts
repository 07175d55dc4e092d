import { createDatabases } from '../../__testUtils__/createDatabases';
import { alert, createAlertStore } from '../__testUtils__/alertStore';
import { AlertLeaseLostError } from './AlertStore';

const databases = createDatabases();

describe.each(databases.eachSupportedId())('DatabaseAlertStore %s', id => {
  async function create() {
    return createAlertStore(await databases.init(id));
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

  it('stores what is the same to the byte once', async () => {
    const { store, lease, list } = await create();
    const [one, other] = [alert(), alert()];
    expect(await store.add([one, other, one])).toEqual([true, true, false]);
    expect(await store.add([other])).toEqual([false]);
    await store.fold(lease, 600);
    expect(await store.add([one])).toEqual([false]);
    expect(await store.fold(lease, 600)).toMatchObject({ received: 0 });
    expect((await list()).items).toMatchObject([{ occurrences: 2 }]);
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
    await store.add([{ ...alert(), payload }]);
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

  it('is acknowledged and closed by people, and opens anew after that', async () => {
    const { store, lease, list, reader } = await create();
    await store.add([alert()]);
    const [first] = (await store.fold(lease, 600)).opened;
    const unhandled = async () =>
      (await list({ handling: ['none'] })).items.map(({ id: one }) => one);
    expect(await unhandled()).toEqual([first]);
    await store.handle(first, {
      state: 'acknowledged',
      by: 'user:default/ann',
    });
    expect(await reader.get(first)).toMatchObject({
      status: 'open',
      handling: { state: 'acknowledged', by: 'user:default/ann' },
    });
    const closing = {
      state: 'closed',
      by: 'user:default/ben',
      reason: 'drill',
    } as const;
    expect(await store.handle(first, closing)).toBe(true);
    expect(await store.handle(first, closing)).toBe(false);
    expect(await store.handle('none', closing)).toBe(false);
    expect(await reader.get(first)).toMatchObject({
      status: 'closed',
      handling: { state: 'closed', by: 'user:default/ben', reason: 'drill' },
    });
    await store.add([alert({ uuid: 'again' })]);
    const { opened, grown } = await store.fold(lease, 600);
    expect(grown).toEqual([]);
    expect(await unhandled()).toEqual(opened);
    expect(
      (await list({ handling: ['closed', 'acknowledged'] })).items,
    ).toMatchObject([{ id: first }]);
  });

  it("keeps our own CRIU's work apart, and not for long", async () => {
    const { store, lease, list, reader } = await create();
    const byCriu = () =>
      alert({
        rule: 'PTRACE attached to process',
        fields: {
          'container.id': 'host',
          'k8s.pod.name': null,
          'proc.name': 'criu',
        },
      });
    await store.add([byCriu(), alert()]);
    await store.fold(lease, 600);
    const [own] = (await list({ rule: 'PTRACE attached to process' })).items;
    await store.resolve(lease, [{ id: own.id, causedBy: 'm1' }]);
    expect(await reader.get(own.id)).toMatchObject({
      kind: 'own',
      causedBy: 'm1',
      status: 'open',
    });
    expect(await store.listDue('decide', 10)).toEqual([]);
    expect((await reader.summarize({ kind: ['alert'] })).alerts).toBe(1);
    const receivedAt = new Date(Date.now() + 61_000).toISOString();
    await store.add([byCriu(), { ...byCriu(), receivedAt }]);
    const rules = { identity: 'r', listMet: () => [] };
    expect((await store.fold(lease, 600, rules)).grown).toEqual([own.id]);
    expect(await store.listDue('decide', 10)).toEqual([]);
    await store.add([{ ...byCriu(), receivedAt }]);
    expect((await store.fold(lease, 600)).opened).toHaveLength(1);
  });

  it('forgets what is too old or too much', async () => {
    const { store, lease, list, knex } = await create();
    const times = ['2026-01-01T00:00:00Z', undefined, undefined];
    await store.add(
      times.map((time, i) => alert({ rule: `r${i}`, ...(time && { time }) })),
    );
    await store.fold(lease, 600);
    await store.add([alert({ rule: 'not folded yet' })]);
    const keep = { days: 30, alerts: 10, occurrences: 10, megabytes: 1 };
    expect(await store.expire(keep)).toBe(1);
    expect((await list()).total).toBe(2);
    expect(await store.expire({ ...keep, alerts: 1 })).toBe(1);
    expect((await list()).total).toBe(1);
    await store.expire({ ...keep, occurrences: 0 });
    expect(await knex('alert_occurrences').pluck('alert_id')).toEqual([null]);
  });

  it('forgets what was seen before the newest payloads that fit', async () => {
    const { store, lease, list, knex } = await create();
    const hour = (number: number) =>
      new Date(Date.now() - number * 3_600_000).toISOString();
    const large = { fields: { note: 'ä'.repeat(150_000) } };
    for (const hoursAgo of [5, 4, 3, 2, 1]) {
      const time = hour(hoursAgo);
      const rule = `seen ${hoursAgo} h ago`;
      await store.add([alert({ ...large, rule, time, receivedAt: time })]);
    }
    await store.fold(lease, 600);
    const keep = { days: 30, alerts: 10, occurrences: 10 };
    expect(await store.expire({ ...keep, megabytes: 2 })).toBe(0);
    expect(await store.expire({ ...keep, megabytes: 1 })).toBe(1);
    const { items } = await list();
    expect(items.map(({ rule }) => rule)).toEqual([
      'seen 1 h ago',
      'seen 2 h ago',
      'seen 3 h ago',
      // Its payload is too much, but not older than itself.
      'seen 4 h ago',
    ]);
    expect(await knex('alert_occurrences').pluck('bytes')).toHaveLength(3);
  });
});
