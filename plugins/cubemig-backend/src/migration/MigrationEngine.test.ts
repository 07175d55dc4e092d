import { TestDatabases } from '@backstage/backend-test-utils';
import { StepName, stepNames } from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../failures';
import { createRun, migration } from './__testUtils__/createRun';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun } from './MigrationRun';
import { Step } from './Step';
import { stepsOfMode } from './stepsOfMode';
import { CancelledError } from './store';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const problem = new ProblemError({ code: 'c', message: 'm', remedy: 'r' });

/** Steps that only say what they do; `on` replaces what one of them does. */
function telling(
  on: Partial<Record<StepName, (run: MigrationRun) => Promise<void>>> = {},
) {
  const told: string[] = [];
  const steps: Step[] = stepNames.map(name => ({
    name,
    async run(run: MigrationRun) {
      told.push(name);
      await on[name]?.(run);
    },
    async undo() {
      told.push(`undo ${name}`);
    },
  }));
  return { told, steps, engine: new MigrationEngine(steps) };
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

  it('leaves everything to the next worker when it is stopped, which carries on from the last finished step', async () => {
    const stop = new AbortController();
    const { again, store } = await createRun(databases);
    const { engine, told } = telling({
      checkpoint: async run => {
        if (stop.signal.aborted) return;
        await run.save({ warnings: ['half done'] });
        stop.abort(new Error('stopping'));
        throw new Error('connection lost');
      },
    });
    await expect(engine.run(await again(stop.signal))).rejects.toThrow(
      'stopping',
    );
    expect(await store.get(migration.id)).toMatchObject({ status: 'running' });

    told.length = 0;
    await engine.run(await again());
    expect(told).toEqual(stepNames.slice(2));
    expect(await store.get(migration.id)).toMatchObject({
      status: 'completed',
      warnings: ['half done'],
    });
    const events = await store.listEvents(migration.id);
    expect(events.map(({ message }) => message)).toContain(
      'Interrupted; carrying on',
    );
  });

  it('goes back when the same step is interrupted again and again', async () => {
    const { again, store } = await createRun(databases);
    let stop = new AbortController();
    const { engine, told } = telling({
      restore: async () => stop.abort(new Error('felled')),
    });
    for (let times = 0; times < 6; times += 1) {
      stop = new AbortController();
      await expect(engine.run(await again(stop.signal))).rejects.toThrow(
        'felled',
      );
    }
    await engine.run(await again());
    expect(told.at(-1)).toBe('undo preflight');
    expect(await store.get(migration.id)).toMatchObject({
      status: 'failed',
      failure: { step: 'restore', code: 'interrupted' },
    });
  });

  it('takes back what was done when somebody cancels, and goes on doing so after an interruption', async () => {
    const { again, store } = await createRun(databases);
    const cancel = new AbortController();
    const stop = new AbortController();
    const by = 'user:default/ops';
    const { engine, steps, told } = telling({
      restore: async run => {
        await store.cancel(migration.id, by);
        cancel.abort(new CancelledError(by));
        run.signal.throwIfAborted();
      },
    });
    const undoRestore = steps[3].undo;
    steps[3].undo = async run => {
      stop.abort(new Error('stopping'));
      await undoRestore!(run);
      throw new Error('connection lost');
    };
    await expect(
      engine.run(await again(stop.signal, cancel.signal)),
    ).rejects.toThrow('stopping');
    expect(await store.get(migration.id)).toMatchObject({
      status: 'undoing',
      cancelledBy: by,
    });
    steps[3].undo = undoRestore;
    await engine.run(await again());
    expect(told.slice(-4)).toEqual([
      'undo restore',
      'undo checkpoint',
      'undo pre-pull',
      'undo preflight',
    ]);
    const ended = await store.get(migration.id);
    expect(ended).toMatchObject({ status: 'cancelled', cancelledBy: by });
    expect(ended?.failure).toBeUndefined();
    expect(ended?.steps.map(step => step.status)).toEqual([
      ...Array(4).fill('undone'),
      ...Array(3).fill('skipped'),
    ]);
  });

  it('does not stop the source of a migration that was cancelled a moment before', async () => {
    const { run, store } = await createRun(databases);
    const { engine, told } = telling({
      'cut-over': async () => {
        await store.cancel(migration.id, 'user:default/ops');
        await run.save({}, { isSourceStopping: true });
        told.push('stopped');
      },
    });
    await engine.run(run);
    expect(told).not.toContain('stopped');
    expect(run.migration.status).toBe('cancelled');
  });

  it('was cancelled, and did not fail, if it fails before it hears of that', async () => {
    const { run, store } = await createRun(databases);
    const by = 'user:default/ops';
    const { engine } = telling({
      restore: async () => {
        await store.cancel(migration.id, by);
        throw new Error('connection lost');
      },
    });
    await engine.run(run);
    const ended = await store.get(migration.id);
    expect(ended).toMatchObject({ status: 'cancelled', cancelledBy: by });
    expect(ended?.failure).toBeUndefined();
  });

  it('has only the steps of its mode', async () => {
    const { run } = await createRun(databases);
    await run.save({
      steps: stepsOfMode.checkpoint.map(name => ({ name, status: 'pending' })),
    });
    const { engine, told } = telling();
    await engine.run(run);
    expect(told).toEqual(['preflight', 'checkpoint', 'clean-up']);
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
