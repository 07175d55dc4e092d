import { Knex } from 'knex';
import { createDatabases } from '../../__testUtils__/createDatabases';
import { alert, createAlertStore } from '../__testUtils__/alertStore';
import { base, poison } from '../__testUtils__/poison';
import { parseAlerts } from '../ingest';

const databases = createDatabases();
/** Has the database refuse to write one kind of alert, as it would what it cannot store. */
async function refuse(knex: Knex, when: string) {
  if (knex.client.config.client === 'pg') {
    await knex.raw(`create function refuse() returns trigger as $$ begin
      if ${when} then raise exception 'indigestible'; end if; return new;
      end $$ language plpgsql`);
    await knex.raw(`create trigger refuse before insert or update on alerts
      for each row execute function refuse()`);
    return;
  }
  for (const event of ['insert', 'update']) {
    await knex.raw(`create trigger refuse_${event} before ${event} on alerts
      when ${when} begin select raise(abort, 'indigestible'); end`);
  }
}

describe.each(databases.eachSupportedId())('poisoned alerts, %s', id => {
  async function create() {
    return createAlertStore(await databases.init(id));
  }

  it.each(poison)('are worked on like others: %.90s', async payload => {
    const { store, lease, list, reader } = await create();
    const [{ text }] = parseAlerts(payload);
    await store.add([alert(), { ...alert(), payload: text }, alert()]);
    expect(await store.fold(lease, 600)).toMatchObject({ received: 3 });
    const due = await store.listDue('resolve', 10);
    await store.resolve(
      lease,
      due.map(({ id: found }) => ({ id: found })),
    );
    const { items } = await list();
    expect(items.some(({ rule }) => rule === base.rule)).toBe(true);
    expect(items.map(({ trouble }) => trouble)).toEqual(
      items.map(() => undefined),
    );
    for (const item of items) {
      const { items: occurrences } = await reader.listOccurrences(item.id);
      expect(occurrences.length).toBeGreaterThan(0);
    }
  });

  it('that cannot be read are left aside, and told of', async () => {
    const { store, lease, list, reader } = await create();
    await store.add([
      alert(),
      { ...alert(), payload: 'no JSON' },
      { ...alert(), payload: 'null' },
      alert({ rule: 'Other' }),
    ]);
    const { received, opened } = await store.fold(lease, 600);
    expect(received).toBe(4);
    expect(opened).toHaveLength(3);
    expect(await store.fold(lease, 600)).toMatchObject({ received: 0 });
    const { items } = await list({ kind: ['internal'] });
    expect(items).toMatchObject([
      {
        rule: 'CubeMig cannot read an alert',
        priority: 'Error',
        occurrences: 2,
      },
    ]);
    const { items: occurrences } = await reader.listOccurrences(items[0].id);
    expect(occurrences.map(({ payload }) => payload)).toEqual([
      'null',
      'no JSON',
    ]);
  });

  it('that cannot be stored are left aside, and told of', async () => {
    const { knex, store, lease, list } = await create();
    await refuse(knex, `new.rule = 'Poison'`);
    await store.add([
      alert(),
      alert({ rule: 'Poison' }),
      alert({ rule: 'Other' }),
    ]);
    expect(await store.fold(lease, 600)).toMatchObject({ received: 3 });
    const { items } = await list();
    expect(items.map(({ rule, output }) => [rule, output])).toContainEqual([
      'CubeMig cannot read an alert',
      expect.stringContaining('indigestible'),
    ]);
    expect(items.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([base.rule, 'Other']),
    );
  });

  it('whose pod cannot be stored are left aside, with the reason', async () => {
    const { knex, store, lease, list } = await create();
    await store.add([alert(), alert({ rule: 'Poison' })]);
    await store.fold(lease, 600);
    await refuse(knex, `new.rule = 'Poison' and new.stage = 'decide'`);
    const due = await store.listDue('resolve', 10);
    await store.resolve(
      lease,
      due.map(({ id: found }) => ({ id: found })),
    );
    const { items } = await list();
    const troubles = items.map(({ rule, trouble }) => [rule, trouble]);
    expect(troubles).toContainEqual([
      'Poison',
      expect.stringContaining('indigestible'),
    ]);
    expect(troubles).toContainEqual([base.rule, undefined]);
    expect(await store.listDue('resolve', 10)).toEqual([]);
    expect(await store.listDue('decide', 10)).toHaveLength(1);
  });
});
