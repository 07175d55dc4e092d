import { TestDatabases } from '@backstage/backend-test-utils';
import { StepName, stepNames } from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../failures';
import { createRun, migration } from './__testUtils__/createRun';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun } from './MigrationRun';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const problem = new ProblemError({ code: 'c', message: 'm', remedy: 'r' });

/** Steps that only say what they do; `on` replaces what one of them does. */
function telling(
  on: Partial<Record<StepName, (run: MigrationRun) => Promise<void>>> = {},
) {
  const told: string[] = [];
  const steps = stepNames.map(name => ({
    name,
    async run(run: MigrationRun) {
      told.push(name);
      await on[name]?.(run);
    },
    async undo() {
      told.push(`undo ${name}`);
    },
  }));
  return { told, engine: new MigrationEngine(steps) };
}

function statuses(run: MigrationRun) {
  return run.migration.steps.map(step => step.status);
}

describe('MigrationEngine', () => {
  it('takes the steps in their order, each finished in the store before the next', async () => {
    const { run, store } = await createRun(databases);
    const seen: string[] = [];
    const { engine, told } = telling({
      restore: async () => {
        const stored = await store.get(migration.id);
        seen.push(...stored!.steps.map(step => step.status));
      },
    });
    await engine.run(run);
    expect(told).toEqual(stepNames);
    expect(seen).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'running',
      'pending',
      'pending',
      'pending',
    ]);
    expect(await store.get(migration.id)).toMatchObject({
      status: 'completed',
      finishedAt: expect.any(String),
    });
  });

  it('takes back what was done when a step fails, the newest first', async () => {
    const { run, store } = await createRun(databases);
    const { engine, told } = telling({
      restore: async () => {
        throw problem;
      },
    });
    await engine.run(run);
    expect(told.slice(4)).toEqual([
      'undo restore',
      'undo checkpoint',
      'undo pre-pull',
      'undo preflight',
    ]);
    expect(statuses(run)).toEqual([
      'undone',
      'undone',
      'undone',
      'failed',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(await store.get(migration.id)).toMatchObject({
      status: 'failed',
      failure: { step: 'restore', code: 'c', message: 'm', remedy: 'r' },
    });
  });

  it('leaves everything to the next worker when it is aborted, which takes it back', async () => {
    const stop = new AbortController();
    const { again, store } = await createRun(databases);
    const { engine, told } = telling({
      checkpoint: async () => {
        stop.abort(new Error('stopping'));
        throw new Error('connection lost');
      },
    });
    await expect(engine.run(await again(stop.signal))).rejects.toThrow(
      'stopping',
    );
    expect(await store.get(migration.id)).toMatchObject({ status: 'running' });

    await engine.run(await again());
    expect(told.slice(3)).toEqual([
      'undo checkpoint',
      'undo pre-pull',
      'undo preflight',
    ]);
    expect(await store.get(migration.id)).toMatchObject({
      status: 'failed',
      failure: { step: 'checkpoint', code: 'interrupted' },
    });
  });

  it('carries on after an interruption once the source may have been stopped', async () => {
    const stop = new AbortController();
    const { again, store } = await createRun(databases);
    const { engine, told } = telling({
      'cut-over': async run => {
        await run.save({}, { isSourceStopping: true });
        stop.abort(new Error('stopping'));
      },
    });
    await expect(engine.run(await again(stop.signal))).rejects.toThrow(
      'stopping',
    );
    told.length = 0;
    await engine.run(await again());
    expect(told).toEqual(['cut-over', 'clean-up']);
    expect(await store.get(migration.id)).toMatchObject({
      status: 'completed',
    });
  });

  it('never goes back once the source may have been stopped', async () => {
    const { run } = await createRun(databases);
    const { engine, told } = telling({
      'cut-over': async () => {
        await run.save({}, { isSourceStopping: true });
        throw problem;
      },
    });
    await engine.run(run);
    expect(told.at(-1)).toBe('clean-up');
    expect(run.migration).toMatchObject({
      status: 'completed',
      warnings: ['m r'],
    });
    expect(statuses(run).slice(5)).toEqual(['failed', 'succeeded']);
  });
});
