import { createDatabases } from '../../__testUtils__/createDatabases';
import { createStore, migration } from './__testUtils__/stored';
import { DatabaseMigrationStore } from './DatabaseMigrationStore';
import { MigrationQuery } from './MigrationStore';

const databases = createDatabases();

describe.each(databases.eachSupportedId())('list on %s', id => {
  let store: DatabaseMigrationStore;
  beforeEach(async () => {
    store = await createStore(databases, id);
    const source = { cluster: 'c1', namespace: 'demo', pod: 'web-7d9f-abcde' };
    const owner = { kind: 'Deployment', name: 'shop' };
    await store.add(migration('a', { source: { ...source, owner } }));
    await store.add(
      migration('bb', {
        mode: 'copy',
        createdBy: 'user:default/ops',
        source: { ...source, namespace: 'other', pod: 'x_1' },
      }),
    );
    await store.add(
      migration('ccc', {
        trigger: { kind: 'retry', of: 'a' },
        source: { ...source, cluster: 'c3', pod: 'x11' },
        target: { cluster: 'c4', namespace: 'demo', pod: 'p' },
      }),
    );
  });

  async function ids(query: Partial<MigrationQuery>) {
    const { items } = await store.list({ limit: 9, ...query });
    return items.map(found => found.id);
  }

  it.each<[Partial<MigrationQuery>, string[]]>([
    [{}, ['ccc', 'bb', 'a']],
    [{ cluster: 'c4' }, ['ccc']],
    [{ cluster: 'c1' }, ['bb', 'a']],
    [{ namespace: 'other' }, ['bb']],
    [{ mode: ['copy', 'restore'] }, ['bb']],
    [{ createdBy: 'user:default/ops' }, ['bb']],
    [{ trigger: 'retry' }, ['ccc']],
    [{ text: 'SHO' }, ['a']],
    [{ text: '7D9F' }, ['a']],
    [{ text: 'x_1' }, ['bb']],
    [{ since: '2026-11-23T01:00:02+01:00' }, ['ccc', 'bb']],
    [{ until: '2026-11-23T00:00:02Z' }, ['a']],
    [{ sort: 'pod', order: 'asc' }, ['a', 'ccc', 'bb']],
  ])('narrows and sorts: %j', async (query, expected) => {
    const found = await ids(query);
    // Databases sort "x_1" and "x11" each in their way.
    expect(query.sort === 'pod' ? [...found].sort() : found).toEqual(
      query.sort === 'pod' ? [...expected].sort() : expected,
    );
  });

  it.each(['createdAt', 'finishedAt', 'pod'] as const)(
    'pages through all, sorted by %s, whatever is added meanwhile',
    async sort => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ limit: 1, sort, cursor });
        expect(page.total).toBeGreaterThanOrEqual(3);
        seen.push(...page.items.map(found => found.id));
        cursor = page.nextCursor;
        if (seen.length === 1) await store.add(migration('zzzzzzzzz'));
      } while (cursor);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(['a', 'bb', 'ccc']));
    },
  );

  it('refuses a cursor that is not its own', async () => {
    await expect(store.list({ limit: 1, cursor: 'x' })).rejects.toThrow(
      'cursor: is not one of this list',
    );
  });

  it('counts', async () => {
    expect(await store.countByStatus()).toEqual({
      queued: 3,
      running: 0,
      undoing: 0,
      completed: 0,
      failed: 0,
      cancelled: 0,
    });
  });
});
