import {
  Failure,
  Migration,
  Step as StepRecord,
  StepName,
} from '@cubemig/plugin-cubemig-common';
import { setTimeout as delay } from 'node:timers/promises';
import { explainError } from './explainError';
import { computeFigures, measureStep } from './figures';
import { MigrationRun } from './MigrationRun';
import { Step } from './Step';
import { CancelledError } from './store';

/** Pauses between attempts to take a step back, in milliseconds. */
const UNDO_PAUSES = [1_000, 3_000, 10_000, 30_000];
/** A step in which workers are lost more often than this may itself be what fells them. */
const MAX_INTERRUPTIONS = 5;

/** Why a migration goes back. */
type Cause = { failure: Failure } | { cancelledBy: string };

/**
 * Takes a migration through its steps. It ends completed, or failed or cancelled and undone; only a stop (the backend ends, or another
 * worker took over) leaves it in between, for whoever leases it next: that one carries on from the last finished step.
 */
export class MigrationEngine {
  constructor(private readonly steps: readonly Step[]) {}

  async run(run: MigrationRun): Promise<void> {
    const { status, failure, cancelledBy } = run.migration;
    if (status === 'undoing') {
      await this.goBack(
        run,
        failure ? { failure } : { cancelledBy: cancelledBy! },
      );
      return;
    }
    const felled = await this.noteInterruption(run);
    if (cancelledBy && !run.facts.isSourceStopping) {
      await this.goBack(run, { cancelledBy });
    } else if (felled) {
      await this.goBack(run, { failure: felled });
    } else {
      await this.goForward(run);
    }
  }

  /** Whoever ran it before is gone, if a step had begun. Resolves to the failure that this is, if it happens too often. */
  private async noteInterruption(
    run: MigrationRun,
  ): Promise<Failure | undefined> {
    const { steps } = run.migration;
    if (steps.every(({ status }) => status === 'pending')) return undefined;
    const step = this.unfinished(run)[0]?.name ?? 'clean-up';
    const before = run.facts.interruption;
    const times = before?.step === step ? before.times + 1 : 1;
    await run.save({}, { interruption: { step, times } });
    await run.note('Interrupted; carrying on', 'warning');
    if (times <= MAX_INTERRUPTIONS || run.facts.isSourceStopping) {
      return undefined;
    }
    return {
      step,
      code: 'interrupted',
      message: `The backend stopped ${times} times in the middle of this step.`,
      remedy:
        "Read the backend's log for what ends it, then migrate again; the source goes on.",
    };
  }

  private async goForward(run: MigrationRun) {
    for (const step of this.unfinished(run)) {
      try {
        run.signal.throwIfAborted();
        await this.take(run, step);
      } catch (error) {
        run.throwIfStopped();
        const reason = run.signal.aborted ? run.signal.reason : error;
        const cancelledBy =
          reason instanceof CancelledError
            ? reason.by
            : await run.findCancellation();
        if (cancelledBy) {
          run.turnBack();
          await this.goBack(run, { cancelledBy });
          return;
        }
        const failure = { step: step.name, ...explainError(error) };
        await recordStep(run, step.name, {
          status: 'failed',
          finishedAt: now(),
        });
        if (!run.facts.isSourceStopping) {
          await run.note(failure.message, 'error');
          run.turnBack();
          await this.goBack(run, { failure });
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
    await end(run, { status: 'completed' });
  }

  private async take(run: MigrationRun, step: Step) {
    run.enter(step.name);
    const { startedAt = now() } = recordOf(run, step.name) ?? {};
    await recordStep(run, step.name, { status: 'running', startedAt });
    await step.run(run);
    run.signal.throwIfAborted();
    await recordStep(run, step.name, {
      status: 'succeeded',
      finishedAt: now(),
    });
    await measureStep(run, step.name);
  }

  private async goBack(run: MigrationRun, cause: Cause) {
    const isCancelled = 'cancelledBy' in cause;
    if (run.migration.status !== 'undoing') {
      if (isCancelled) await run.note(`Cancelled by ${cause.cancelledBy}`);
      await run.save({
        status: 'undoing',
        ...(isCancelled ? {} : { failure: cause.failure }),
      });
    }
    const reached = this.steps.filter(step => {
      const { status = 'pending' } = recordOf(run, step.name) ?? {};
      return status !== 'pending' && status !== 'undone';
    });
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
    const ended = isCancelled ? 'Cancelled' : 'Failed';
    const undone = isAllUndone
      ? ' and undone'
      : ', and not all of it could be undone';
    await run.note(
      `${ended}${undone}; ${fateOfSource(run.migration)}`,
      isCancelled ? 'info' : 'error',
    );
    await end(run, {
      status: isCancelled ? 'cancelled' : 'failed',
      steps: run.migration.steps.map(step => ({
        ...step,
        status: settledStatus(step, cause),
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
        run.throwIfStopped();
        const { message } = explainError(error);
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

  /** The steps that this migration has and has not finished. */
  private unfinished(run: MigrationRun) {
    return this.steps.filter(step => {
      const record = recordOf(run, step.name);
      return record && record.status !== 'succeeded';
    });
  }
}

/** What an undone migration leaves of its source. */
function fateOfSource({ mode, order, checkpoints }: Migration) {
  if (mode === 'restore') return 'it had no source to touch';
  return order.contain !== 'none' && checkpoints.length > 0
    ? 'the source was contained, as ordered'
    : 'the source goes on serving';
}

function settledStatus(step: StepRecord, cause: Cause) {
  if (step.status === 'pending') return 'skipped' as const;
  if (step.status === 'running') {
    return 'failure' in cause && step.name === cause.failure.step
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

async function end(run: MigrationRun, change: Partial<Migration>) {
  const ended = { ...run.migration, ...change, finishedAt: now() };
  await run.save({ ...ended, figures: computeFigures(ended) });
}

function now() {
  return new Date().toISOString();
}
