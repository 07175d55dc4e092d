import { CheckpointTask, CourierResult } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, KubeJob } from '../../clusters';
import { ProblemError } from '../../failures';
import { MadeObjectGoneError } from '../MadeObjectGoneError';
import { MigrationRun } from '../MigrationRun';
import {
  awaitCourier,
  CourierFailedError,
  CourierGoneError,
} from './awaitCourier';
import { completeResult } from './completeResult';
import { recoverResult } from './recoverResult';

/** The first, and one more for what passes by itself. */
const MAX_ATTEMPTS = 2;

/**
 * What passes by itself: CRIU gives up on a process that it catches inside the kernel, such as one that waits for a disk, and leaves it
 * running. The state that is taken a moment later is as good.
 */
const PASSING = /unseizable .*state D/i;

/** The courier has given up on the kubelet, which may yet write an archive. */
const SILENT_KUBELET = /The kubelet at .* fell silent/;

/**
 * Sends the courier, once in the life of a migration, and waits for what it brings. Whoever carries on after a crash finds the courier that
 * was sent, or what it has left in the registry.
 *
 * @throws ProblemError if it failed, or vanished without a result
 */
export async function sendCourier(
  run: MigrationRun,
  client: ClusterClient,
  job: KubeJob,
  request: CheckpointTask,
): Promise<CourierResult> {
  for (let attempt = run.facts.courierAttempt ?? 1; ; attempt += 1) {
    try {
      const told = await carry(run, client, numbered(job, attempt));
      const result = await completeResult(run, request, told);
      await recordDumps(run, result);
      return result;
    } catch (error) {
      if (
        error instanceof MadeObjectGoneError ||
        error instanceof CourierGoneError
      ) {
        return recoverResult(run, request);
      }
      // What told of its failure has removed its archives.
      if (error instanceof CourierFailedError && !hasGivenUpOnKubelet(error)) {
        await run.save({}, { isCourierOut: false });
      }
      if (attempt >= MAX_ATTEMPTS || !isPassing(error)) throw error;
      await run.save({}, { courierAttempt: attempt + 1 });
      await run.note(
        `${
          (error as Error).message
        } Nothing was taken; the checkpoint is tried again, attempt ${
          attempt + 1
        } of ${MAX_ATTEMPTS}`,
        'warning',
      );
    }
  }
}

async function carry(
  run: MigrationRun,
  client: ClusterClient,
  job: KubeJob,
): Promise<CourierResult> {
  await run.save({}, { isCourierOut: true });
  const made = await run.make(client, 'Job', job);
  await run.note(
    `Courier ${made.metadata!.name} was sent to ${run.migration.source.node}`,
  );
  return awaitCourier(run, client, made);
}

async function recordDumps(run: MigrationRun, { checkpoints }: CourierResult) {
  const dumps = checkpoints.map(({ container, frozenMicros, dump }) => ({
    container,
    frozenMicros,
    ...dump,
  }));
  await run.save(
    { figures: { ...run.migration.figures, dumps } },
    { isCourierOut: false },
  );
}

function numbered(job: KubeJob, attempt: number): KubeJob {
  if (attempt === 1) return job;
  const { metadata } = job;
  return {
    ...job,
    metadata: { ...metadata, name: `${metadata!.name}-${attempt}` },
  };
}

function isPassing(error: unknown) {
  return error instanceof ProblemError && PASSING.test(error.problem.message);
}

function hasGivenUpOnKubelet({ problem }: ProblemError) {
  return SILENT_KUBELET.test(problem.message);
}
