import { TestDatabases } from '@backstage/backend-test-utils';
import {
  MigrationStatus,
  StepName,
  stepNames,
  StepStatus,
} from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../failures';
import { createRun, migration } from './__testUtils__/createRun';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun } from './MigrationRun';
import { Step } from './Step';
import { CancelledError, MigrationStore } from './store';
import { fc } from '../__testUtils__/fc';

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
  /** Steps in the order in which they were run and undone first. */
  readonly begun: StepName[] = [];
  readonly undone: StepName[] = [];
  /** What should never be: the engine would take an exception for a failure of the step. */
  readonly violations: string[] = [];
  readonly steps: Step[];

  constructor(story: Story, store: MigrationStore, cancel: AbortController) {
    this.steps = stepNames.map(name => ({
      name,
      run: async run => {
        this.made.add(name);
        if (!this.begun.includes(name)) this.begun.push(name);
        if (this.undone.length > 0) {
          this.violations.push(`${name} was run after something was undone`);
        }
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
          if (statusesBefore(run, name).some(s => s !== 'succeeded')) {
            this.violations.push('the source was stopped too early');
          }
          await run.save({}, { isSourceStopping: true });
          this.made.add('source stopped');
        }
      },
      undo: async run => {
        if (this.made.has('source stopped')) {
          this.violations.push(`${name} was undone without the source`);
        }
        if (!this.undone.includes(name)) this.undone.push(name);
        await run.note(`undoing ${name}`);
        this.made.delete(name);
      },
    }));
  }
}

/** What became of the steps before one. */
function statusesBefore({ migration: { steps } }: MigrationRun, name: string) {
  const index = steps.findIndex(step => step.name === name);
  return steps.slice(0, index).map(({ status }) => status);
}

/** What may follow what. */
const TRANSITIONS: Record<MigrationStatus, MigrationStatus[]> = {
  queued: ['running'],
  running: ['completed', 'undoing'],
  undoing: ['failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};
const STEP_TRANSITIONS: Record<StepStatus, StepStatus[]> = {
  pending: ['running', 'skipped'],
  running: ['succeeded', 'failed', 'undone'],
  succeeded: ['undone'],
  // Its worker was lost before it could note that the migration goes back.
  failed: ['running'],
  undone: [],
  skipped: [],
};

/** Looks at every state that is stored, whether it may follow the one before. */
function watchStates(store: MigrationStore, violations: string[]) {
  let before = migration.steps.map(({ status }) => status);
  let statusBefore: MigrationStatus = 'queued';
  const save = store.save.bind(store);
  store.save = async (lease, after, facts) => {
    await save(lease, after, facts);
    const note = <T extends string>(table: Record<T, T[]>, from: T, to: T) => {
      if (from === to || table[from].includes(to)) return;
      violations.push(`${from} became ${to}`);
    };
    note(TRANSITIONS, statusBefore, after.status);
    after.steps.forEach(({ status }, index) =>
      note(STEP_TRANSITIONS, before[index], status),
    );
    statusBefore = after.status;
    before = after.steps.map(({ status }) => status);
  };
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
  watchStates(store, world.violations);
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
        expect(world.violations).toEqual([]);
        expect(world.begun).toEqual(stepNames.slice(0, world.begun.length));
        // Newest first, and none that was begun is forgotten.
        expect(world.undone).toEqual(
          ended.status === 'completed' ? [] : [...world.begun].reverse(),
        );
      }),
    );
  });
});
