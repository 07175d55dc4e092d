import { createDatabases } from '../../__testUtils__/createDatabases';
import { noLimits } from '../queue';
import { createStore, migration } from './__testUtils__/stored';
import { Lease } from './MigrationStore';

const databases = createDatabases();

describe.each(databases.eachSupportedId())('lease on %s', id => {
  it('lets no more begin than the limits allow, however many workers ask at once', async () => {
    const limits = { ...noLimits, overall: 3 };
    const store = await createStore(databases, id, { limits });
    for (let count = 1; count <= 6; count += 1) {
      await store.add(migration('x'.repeat(count)));
    }
    const leased = await Promise.all(
      Array.from({ length: 10 }, (_, worker) =>
        store.lease(`w${worker}`, 9_000),
      ),
    );
    const begun = leased.flatMap(found => found?.migration.id ?? []);
    expect(begun.sort()).toEqual(['x', 'xx', 'xxx']);
    expect(await store.get('xxxx')).toMatchObject({
      queuePosition: 1,
      waitsFor: '3 migrations run already',
    });
    const first = leased.find(found => found?.migration.id === 'x')!;
    await store.save(
      first.lease,
      { ...first.migration, status: 'completed' },
      {},
    );
    expect((await store.lease('w', 9_000))?.migration.id).toBe('xxxx');
  });

  it('says when the limit of the replicas themselves is reached', async () => {
    const store = await createStore(databases, id, {
      limits: noLimits,
      concurrency: 1,
    });
    await store.add(migration('a'));
    await store.add(migration('bb'));
    expect((await store.get('bb'))?.waitsFor).toBeUndefined();
    await store.lease('w', 9_000);
    expect((await store.get('bb'))?.waitsFor).toContain(
      'cubemig.migration.concurrency',
    );
    expect((await store.lease('other', 9_000))?.migration.id).toBe('bb');
  });

  it('gives each abandoned one to one of those who ask, limits or not', async () => {
    const store = await createStore(databases, id, {
      limits: { ...noLimits, overall: 4 },
    });
    const begun: Lease[] = [];
    for (const name of ['a', 'bb', 'ccc', 'dddd']) {
      await store.add(migration(name));
      begun.push((await store.lease('gone', 9_000))!.lease);
    }
    for (const lease of begun) await store.renew(lease, -1_000);
    const leased = await Promise.all(
      Array.from({ length: 8 }, (_, worker) =>
        store.lease(`w${worker}`, 9_000, { onlyAbandoned: true }),
      ),
    );
    const taken = leased.flatMap(found => found?.migration.id ?? []);
    expect(new Set(taken).size).toBe(taken.length);
    const rest = [];
    for (;;) {
      const found = await store.lease('w', 9_000, { onlyAbandoned: true });
      if (!found) break;
      rest.push(found.migration.id);
    }
    expect([...taken, ...rest].sort()).toEqual(['a', 'bb', 'ccc', 'dddd']);
  });

  it('has the end of a migration told by its worker, or else by the next', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const { lease, migration: begun } = (await store.lease('w', 9_000))!;
    expect(await store.takeUntold('next', 9_000)).toBeUndefined();
    await store.save(lease, { ...begun, status: 'completed' }, {});
    expect(await store.takeUntold('next', 9_000)).toBeUndefined();
    await store.renew(lease, -1_000);
    expect(await store.takeUntold('next', 9_000)).toMatchObject({ id: 'a' });
    expect(await store.takeUntold('third', 9_000)).toBeUndefined();
    await store.confirmTold('a');
    await store.release({ ...lease, holder: 'next' });
    expect(await store.takeUntold('third', 9_000)).toBeUndefined();
  });

  it('leaves the queue alone when only the abandoned are asked for', async () => {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const options = { onlyAbandoned: true };
    expect(await store.lease('w', 9_000, options)).toBeUndefined();
    expect(await store.lease('w', 9_000)).toMatchObject({
      migration: { status: 'running', startedAt: expect.any(String) },
    });
  });
});
