import { createDatabases } from '../../__testUtils__/createDatabases';
import { createStore, migration } from './__testUtils__/stored';
import { CancelledError } from './MigrationStore';

const databases = createDatabases();
const ops = 'user:default/ops';

describe.each(databases.eachSupportedId())('cancel on %s', id => {
  async function lease() {
    const store = await createStore(databases, id);
    await store.add(migration('a'));
    const leased = (await store.lease('w', 10_000))!;
    return { store, ...leased };
  }

  it('ends what waits at once', async () => {
    const store = await createStore(databases, id);
    await store.add(
      migration('a', { steps: [{ name: 'preflight', status: 'pending' }] }),
    );
    expect(await store.cancel('a', ops)).toBe(true);
    expect(await store.get('a')).toMatchObject({
      status: 'cancelled',
      cancelledBy: ops,
      finishedAt: expect.any(String),
      steps: [{ status: 'skipped' }],
    });
    expect(await store.lease('w', 10_000)).toBeUndefined();
    expect(await store.cancel('a', ops)).toBe(false);
    await store.add(migration('b', { source: migration('a').source }));
  });

  it('is heard by the worker that runs it, and remembers who was first', async () => {
    const { store } = await lease();
    expect(await store.listCancelled('w')).toEqual(new Map());
    expect(await store.cancel('a', ops)).toBe(true);
    expect(await store.cancel('a', 'user:default/late')).toBe(true);
    expect(await store.listCancelled('w')).toEqual(new Map([['a', ops]]));
    expect(await store.listCancelled('other')).toEqual(new Map());
    expect(await store.get('a')).toMatchObject({ cancelledBy: ops });
  });

  it('comes too late once the source is being stopped', async () => {
    const { store, lease: held, migration: running } = await lease();
    await store.save(held, running, { isSourceStopping: true });
    expect(await store.cancel('a', ops)).toBe(false);
  });

  it('keeps the source from being stopped if it was first', async () => {
    const { store, lease: held, migration: running } = await lease();
    await store.cancel('a', ops);
    await store.save(held, running, {});
    await expect(
      store.save(held, running, { isSourceStopping: true }),
    ).rejects.toThrow(CancelledError);
  });

  it('decides between the two when both come at the same time', async () => {
    const { store, lease: held, migration: running } = await lease();
    const [stopping, cancelling] = await Promise.allSettled([
      store.save(held, running, { isSourceStopping: true }),
      store.cancel('a', ops),
    ]);
    const isStopping = stopping.status === 'fulfilled';
    expect(cancelling).toEqual({ status: 'fulfilled', value: !isStopping });
  });
});
