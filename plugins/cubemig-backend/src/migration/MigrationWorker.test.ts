import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { createRun } from './__testUtils__/createRun';
import { MigrationEngine } from './MigrationEngine';
import { MigrationWorker } from './MigrationWorker';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** Starts a worker, and waits until it has told of an end. */
async function tellOnce(
  store: Awaited<ReturnType<typeof createRun>>['store'],
  run: Awaited<ReturnType<typeof createRun>>['run'],
) {
  const told: Migration[] = [];
  await new Promise<void>(resolve => {
    const worker: MigrationWorker = new MigrationWorker({
      engine: new MigrationEngine([]),
      tools: {
        store,
        clusters: run.clusters,
        config: run.config,
        registry: run.registry,
      },
      logger: mockServices.logger.mock(),
      onEnd: async migration => {
        told.push(migration);
        worker.stop().then(resolve);
      },
    });
    worker.start();
  });
  return told.map(({ id, status }) => [id, status]);
}

describe('MigrationWorker', () => {
  it('tells of an end that a lost worker has told nobody', async () => {
    const { run, store } = await createRun(databases);
    await run.save({ status: 'completed' });
    const { id } = run.migration;
    expect(await tellOnce(store, run)).toEqual([[id, 'completed']]);
    expect(await store.takeUntold('w', 9_000)).toBeUndefined();
  });

  it('tells of the end of what it has run itself', async () => {
    const { run, store } = await createRun(databases);
    const { id } = run.migration;
    expect(await tellOnce(store, run)).toEqual([[id, 'completed']]);
    expect(await store.takeUntold('w', 9_000)).toBeUndefined();
  });
});
