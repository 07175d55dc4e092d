import {
  Failure,
  Migration,
  Step as StepRecord,
  StepName,
} from '@cubemig/plugin-cubemig-common';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ClusterApiError,
  DeadlineError,
  explainClusterError,
} from '../clusters';
import { explainFailure, ProblemError } from '../failures';
import { MigrationRun } from './MigrationRun';
import { Step } from './Step';

/** Pauses between attempts to take a step back, in milliseconds. */
const UNDO_PAUSES = [1_000, 3_000, 10_000, 30_000];

/**
 * Takes a migration through its steps. It ends completed, or failed and undone; only an abort (the backend stops, or another
 * worker took over) leaves it in between, for whoever leases it next.
 */
export class MigrationEngine {
  constructor(private readonly steps: readonly Step[]) {}

  async run(run: MigrationRun): Promise<void> {
    const { status } = run.migration;
    if (status === 'queued') {
      await run.save({ status: 'running', startedAt: now() });
      await this.goForward(run, this.steps);
    } else if (run.facts.isSourceStopping) {
      await run.note('Interrupted; carrying on', 'warning');
      await this.goForward(run, this.unfinished(run));
    } else if (status === 'undoing') {
      await this.goBack(run, run.migration.failure!);
    } else {
      await this.goBack(run, {
        step: this.unfinished(run)[0]?.name ?? 'preflight',
        code: 'interrupted',
        message: 'The backend that ran this migration stopped in the middle.',
        remedy: 'Migrate again; the source was not touched.',
      });
    }
  }

  private async goForward(run: MigrationRun, steps: readonly Step[]) {
    for (const step of steps) {
      try {
        await this.take(run, step);
      } catch (error) {
        run.signal.throwIfAborted();
        const failure = { step: step.name, ...explain(error) };
        await recordStep(run, step.name, {
          status: 'failed',
          finishedAt: now(),
        });
        if (!run.facts.isSourceStopping) {
          await run.note(failure.message, 'error');
          await this.goBack(run, failure);
          return;
        }
        // The target serves and the source was told to stop: going back could lose both.
        await run.warn(`${failure.message} ${failure.remedy}`);
      }
    }
    const { target } = run.migration;
    run.enter(undefined);
    await run.note(
      target
        ? `Completed: ${target.pod} runs on ${target.cluster}`
        : 'Completed',
    );
    await run.save({ status: 'completed', finishedAt: now() });
  }

  private async take(run: MigrationRun, step: Step) {
    run.enter(step.name);
    await recordStep(run, step.name, { status: 'running', startedAt: now() });
    await step.run(run);
    run.signal.throwIfAborted();
    await recordStep(run, step.name, {
      status: 'succeeded',
      finishedAt: now(),
    });
  }

  private async goBack(run: MigrationRun, failure: Failure) {
    await run.save({ status: 'undoing', failure });
    const reached = this.steps.filter(
      step => recordOf(run, step.name)?.status !== 'pending',
    );
    let isAllUndone = true;
    for (const step of [...reached].reverse()) {
      run.enter(step.name);
      const isUndone = await this.undo(run, step);
      isAllUndone &&= isUndone;
      if (isUndone && recordOf(run, step.name)?.status === 'succeeded') {
        await recordStep(run, step.name, { status: 'undone' });
      }
    }
    run.enter(undefined);
    await run.note(
      isAllUndone
        ? 'Failed and undone; the source goes on serving'
        : 'Failed, and not all of it could be undone; the source goes on serving',
      'error',
    );
    await run.save({
      status: 'failed',
      finishedAt: now(),
      steps: run.migration.steps.map(step => ({
        ...step,
        status: settledStatus(step, failure),
      })),
    });
  }

  private async undo(run: MigrationRun, step: Step): Promise<boolean> {
    for (const pause of [...UNDO_PAUSES, undefined]) {
      try {
        await step.undo?.(run);
        await run.removeMade(step.name);
        return true;
      } catch (error) {
        run.signal.throwIfAborted();
        const { message } = explain(error);
        if (pause === undefined) {
          await run.warn(
            `What the step ${step.name} did could not be taken back: ${message} Look for objects with the label cubemig.io/migration=${run.migration.id} and remove them by hand.`,
          );
          return false;
        }
        await run.note(`Undo failed, trying again: ${message}`, 'warning');
        await delay(pause, undefined, { signal: run.signal });
      }
    }
    return false;
  }

  private unfinished(run: MigrationRun) {
    return this.steps.filter(
      step => recordOf(run, step.name)?.status !== 'succeeded',
    );
  }
}

/** Says what an error means for a user. */
function explain(error: unknown) {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof DeadlineError) {
    return {
      code: 'timeout',
      message: `${error.message}.`,
      remedy:
        'Look at the timeline and the events of the pods it names; cubemig.migration.timeouts in app-config gives more time.',
    };
  }
  if (error instanceof ClusterApiError) {
    const explained = explainFailure(error.message);
    return explained.code === 'unexplained'
      ? explainClusterError(error.cluster, error)
      : explained;
  }
  return explainFailure((error as Error)?.message ?? String(error));
}

function settledStatus(step: StepRecord, failure: Failure) {
  if (step.status === 'pending') return 'skipped' as const;
  if (step.status === 'running') {
    return step.name === failure.step
      ? ('failed' as const)
      : ('undone' as const);
  }
  return step.status;
}

function recordOf({ migration }: MigrationRun, name: StepName) {
  return migration.steps.find(step => step.name === name);
}

async function recordStep(
  run: MigrationRun,
  name: StepName,
  change: Partial<Migration['steps'][number]>,
) {
  await run.save({
    steps: run.migration.steps.map(step =>
      step.name === name ? { ...step, ...change } : step,
    ),
  });
}

function now() {
  return new Date().toISOString();
}
