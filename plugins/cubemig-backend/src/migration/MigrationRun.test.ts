import { TestDatabases } from '@backstage/backend-test-utils';
import { createRun } from './__testUtils__/createRun';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('MigrationRun', () => {
  it('notes what a hostile node says, whatever that is', async () => {
    const { run, store } = await createRun(databases);
    // PostgreSQL takes no NUL in text, and a note that fails fails the migration again and again.
    await run.note('no \0 such\u001b[2J thing\nand more', 'error');
    const [event] = (await store.listEvents(run.migration.id)).slice(-1);
    expect(event.message).toBe('no \uFFFD such\u001b[2J thing\nand more');
  });
});
