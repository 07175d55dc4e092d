import { createDatabases } from '../../__testUtils__/createDatabases';
import { createStore, migration } from './__testUtils__/stored';
import { LeaseLostError, MadeObject } from './MigrationStore';

const databases = createDatabases();

describe.each(databases.eachSupportedId())('DatabaseMigrationStore %s', id => {
  it('lists newest first, by entity and status', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a', { entityRef: 'component:default/x' }));
    await store.add(migration('bb', { entityRef: 'component:default/x' }));
    await store.add(migration('ccc'));
    const ids = async (filter: Parameters<typeof store.list>[0]) =>
      (await store.list(filter)).items.map(found => found.id);
    expect(await ids({ limit: 2 })).toEqual(['ccc', 'bb']);
    expect(await ids({ limit: 9, entityRef: 'component:default/x' })).toEqual([
      'bb',
      'a',
    ]);
    expect(await ids({ limit: 9, status: ['failed'] })).toEqual([]);
    expect(await store.get('bb')).toEqual({
      ...migration('bb', { entityRef: 'component:default/x' }),
      queuePosition: 3,
    });
    expect(await store.get('none')).toBeUndefined();
  });

  it('allows one migration of a pod at a time', async () => {
    const store = await createStore(databases, id);
    const source = { cluster: 'c1', namespace: 'demo', pod: 'same' };
    await store.add(migration('a', { source }));
    await expect(store.add(migration('b', { source }))).rejects.toThrow(
      "'same' is being migrated already (migration a)",
    );
    const { lease, facts } = (await store.lease('w', 10_000))!;
    await store.save(
      lease,
      migration('a', { source, status: 'failed' }),
      facts,
    );
    await store.add(migration('b', { source }));
    expect((await store.lease('w', 10_000))?.migration.id).toBe('b');
  });

  it('leases each migration once, the oldest first, and again when its holder is gone', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('bb'));
    await store.add(migration('a'));
    const first = (await store.lease('w1', 10_000))!;
    expect(first.migration.id).toBe('a');
    expect((await store.lease('w2', 10_000))!.migration.id).toBe('bb');
    expect(await store.lease('w2', 10_000)).toBeUndefined();

    await store.renew(first.lease, -1);
    const second = (await store.lease('w2', 10_000))!;
    expect(second).toMatchObject({
      migration: { id: 'a' },
      lease: { epoch: 2 },
    });
    await expect(store.renew(first.lease, 10_000)).rejects.toThrow(
      LeaseLostError,
    );
    await expect(store.save(first.lease, first.migration, {})).rejects.toThrow(
      LeaseLostError,
    );
    await expect(
      store.addEvent(first.lease, {
        time: 't',
        level: 'info',
        message: 'late',
      }),
    ).rejects.toThrow(LeaseLostError);

    await store.release(second.lease);
    expect((await store.lease('w3', 10_000))!.lease.epoch).toBe(3);
  });

  it('keeps what steps found out', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const { lease } = (await store.lease('w', -1))!;
    const running = migration('a', { status: 'running' });
    await store.save(lease, running, { courierAttempt: 2 });
    expect(await store.lease('w', 10_000)).toMatchObject({
      migration: running,
      facts: { courierAttempt: 2 },
    });
  });

  it('keeps the timeline in order', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const { lease } = (await store.lease('w', 10_000))!;
    await store.addEvent(lease, { time: 't1', level: 'info', message: 'one' });
    await store.addEvent(lease, {
      time: 't2',
      level: 'warning',
      step: 'restore',
      message: 'two',
    });
    expect(await store.listEvents('a')).toEqual([
      {
        sequence: 1,
        time: 't1',
        level: 'info',
        step: undefined,
        message: 'one',
      },
      {
        sequence: 2,
        time: 't2',
        level: 'warning',
        step: 'restore',
        message: 'two',
      },
    ]);
  });

  it('remembers what was made until it is removed, newest first', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const { lease } = (await store.lease('w', 10_000))!;
    const job: MadeObject = {
      step: 'checkpoint',
      cluster: 'c1',
      kind: 'Job',
      namespace: 'cubemig',
      name: 'j',
    };
    const pod: MadeObject = {
      step: 'restore',
      cluster: 'c2',
      kind: 'Pod',
      namespace: 'demo',
      name: 'p',
    };
    await store.addObject(lease, job);
    await store.addObject(lease, pod);
    expect(await store.listObjects('a')).toEqual([pod, job]);
    await store.identifyObject(lease, { ...pod, uid: 'u' });
    expect(await store.listObjects('a')).toEqual([{ ...pod, uid: 'u' }, job]);
    await store.markRemoved(lease, pod);
    expect(await store.listObjects('a')).toEqual([job]);
  });
});
