import { TestDatabases } from '@backstage/backend-test-utils';
import { StepName, stepNames } from '@cubemig/plugin-cubemig-common';
import fc from 'fast-check';
import { ProblemError } from '../failures';
import { createRun, migration } from './__testUtils__/createRun';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun } from './MigrationRun';
import { Step } from './Step';
import { CancelledError, MigrationStore } from './store';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const OVER = ['completed', 'failed', 'cancelled'];

interface Story {
  /** After so many writes, each backend in turn is gone; the last one lives. */
  lives: { writes: number; isLastLost: boolean }[];
  failsAt?: StepName;
  cancelsAt?: StepName;
}

const stories: fc.Arbitrary<Story> = fc.record(
  {
    lives: fc.array(
      fc.record({ writes: fc.nat(30), isLastLost: fc.boolean() }),
      { maxLength: 4 },
    ),
    failsAt: fc.constantFrom(...stepNames),
    cancelsAt: fc.constantFrom(...stepNames),
  },
  { requiredKeys: ['lives'] },
);

/** What steps do to the world, and the order in which they do it. */
class World {
  readonly made = new Set<string>();
  readonly steps: Step[];

  constructor(story: Story, store: MigrationStore, cancel: AbortController) {
    this.steps = stepNames.map(name => ({
      name,
      run: async run => {
        this.made.add(name);
        await run.note(`doing ${name}`);
        if (story.cancelsAt === name) {
          const isHeard = await store.cancel(migration.id, 'user:default/ops');
          if (isHeard) cancel.abort(new CancelledError('user:default/ops'));
          run.signal.throwIfAborted();
        }
        if (story.failsAt === name) {
          throw new ProblemError({ code: 'c', message: 'm', remedy: 'r' });
        }
        if (name === 'cut-over') {
          await run.save({}, { isSourceStopping: true });
          this.made.add('source stopped');
        }
      },
      undo: async run => {
        await run.note(`undoing ${name}`);
        this.made.delete(name);
      },
    }));
  }
}

/** Lets a backend vanish after some writes, the last of which may or may not have reached the database. */
function doom(
  run: MigrationRun,
  { writes, isLastLost }: Story['lives'][number],
  stop: AbortController,
) {
  const doomed = { left: writes };
  const vanish = () => {
    stop.abort(new Error('killed'));
    throw stop.signal.reason;
  };
  const guard =
    <Args extends unknown[]>(write: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      if (doomed.left <= 0 && isLastLost) vanish();
      await write(...args);
      doomed.left -= 1;
      if (doomed.left < 0) vanish();
    };
  run.save = guard(run.save.bind(run));
  run.note = guard(run.note.bind(run));
}

async function play(story: Story) {
  const { again, store } = await createRun(databases);
  const cancel = new AbortController();
  const world = new World(story, store, cancel);
  const engine = new MigrationEngine(world.steps);
  for (const life of story.lives) {
    const stop = new AbortController();
    if (OVER.includes((await store.get(migration.id))!.status)) break;
    const run = await again(stop.signal, cancel.signal);
    doom(run, life, stop);
    await engine.run(run).catch(error => {
      if (error !== stop.signal.reason) throw error;
    });
  }
  if (!OVER.includes((await store.get(migration.id))!.status)) {
    await engine.run(await again(undefined, cancel.signal));
  }
  return { world, ended: (await store.get(migration.id))! };
}

const undone = {
  made: [],
  isSettled: true,
};
const ends: Record<string, object> = {
  completed: {
    made: [...stepNames, 'source stopped'].sort(),
    isSettled: false,
    hasFailed: false,
  },
  failed: { ...undone, hasFailed: true },
  cancelled: { ...undone, hasFailed: false },
};

describe('MigrationEngine, whatever happens', () => {
  it('ends completed with all done, or failed or cancelled with nothing left', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async story => {
        const { world, ended } = await play(story);
        expect({
          made: [...world.made].sort(),
          isSettled: ended.steps.every(({ status }) =>
            ['undone', 'failed', 'skipped'].includes(status),
          ),
          hasFailed: ended.failure !== undefined,
        }).toEqual(ends[ended.status]);
        expect(ended.finishedAt).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});
