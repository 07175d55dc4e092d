import { setTimeout as delay } from 'node:timers/promises';
import { CourierResult } from '@cubemig/plugin-cubemig-common';
import {
  ClusterClient,
  DeadlineError,
  KubeJob,
  KubePod,
  waitFor,
} from '../../clusters';
import { explainFailure, ProblemError, SECRET_MISSING } from '../../failures';
import { MigrationRun } from '../MigrationRun';
import {
  explainLateness,
  explainPod,
  lastingReasons,
  readWarnings,
} from '../steps/podTrouble';
import { followCourier } from './followCourier';
import { parseResult, terminated } from './readEnd';

/** From the Job's creation until its container runs: scheduling is skipped, but its image may have to be pulled. */
const START_MS = 120_000;
/** How often to look whether the courier's pod is refused, or cannot begin. */
const REFUSAL_LOOK_MS = 1_000;
/** The last lines of a log may come a little after the container's end. */
const LAST_LINES_MS = 2_000;

/** The courier's pod is gone, and its result with it. */
export class CourierGoneError extends ProblemError {}

/** The courier has told why it failed. */
export class CourierFailedError extends ProblemError {}

/** Waits for the courier to end, telling its progress. @throws ProblemError if it failed */
export async function awaitCourier(
  run: MigrationRun,
  client: ClusterClient,
  job: KubeJob,
): Promise<CourierResult> {
  const { namespace } = job.metadata!;
  const selection = {
    namespace,
    // Set by Kubernetes; there may be couriers of several attempts.
    labelSelector: `job-name=${job.metadata!.name}`,
  };
  if (isOver(job) && (await client.list('Pod', selection)).length === 0) {
    throw gone();
  }
  const started = await awaitStart(run, client, job, selection);
  if (!hasStarted(started)) throw await explainPod(client, started);

  const ended = new AbortController();
  const following = followCourier(
    run,
    client,
    started,
    AbortSignal.any([run.signal, ended.signal]),
  ).catch(error => {
    // The log only shows progress; what counts is the result.
    if (!ended.signal.aborted && !run.signal.aborted) {
      return run.note(
        `The courier's log broke off: ${error.message}`,
        'warning',
      );
    }
    return undefined;
  });
  try {
    const pod = await waitFor(
      client,
      'Pod',
      selection,
      {
        timeoutMs: run.config.courier.timeoutSeconds * 1000 + START_MS,
        setting: 'cubemig.courier.timeoutSeconds',
        signal: run.signal,
        what: `Checkpoint, image and push (pod ${namespace}/${
          started.metadata!.name
        })`,
      },
      ([found]) => {
        if (!found) throw gone();
        return terminated(found) || found.status?.phase === 'Failed'
          ? found
          : undefined;
      },
    );
    setTimeout(() => ended.abort(), LAST_LINES_MS).unref();
    await following;
    return await readResult(client, pod);
  } finally {
    ended.abort();
  }
}

/** The courier's pod, once its container has started, or cannot. */
async function awaitStart(
  run: MigrationRun,
  client: ClusterClient,
  job: KubeJob,
  selection: { namespace?: string; labelSelector: string },
): Promise<KubePod> {
  const settled = new AbortController();
  const signal = AbortSignal.any([run.signal, settled.signal]);
  let last: KubePod | undefined;
  const start = waitFor(
    client,
    'Pod',
    selection,
    {
      timeoutMs: START_MS,
      signal,
      what: `Starting the courier (Job ${selection.namespace}/${
        job.metadata!.name
      })`,
    },
    ([pod]) => {
      last = pod;
      return pod && (hasStarted(pod) || lastingReasons(pod).length > 0)
        ? pod
        : undefined;
    },
  ).catch(async error => {
    if (error instanceof DeadlineError && last)
      throw await explainLateness(client, last, error);
    throw error;
  });
  try {
    return await Promise.race([
      start,
      watchForRefusal(client, job, selection, signal),
    ]);
  } finally {
    settled.abort();
    // The loser of the race ends by the signal.
    await start.catch(() => {});
    run.signal.throwIfAborted();
  }
}

/**
 * A Job whose pod is refused (by admission, a quota ...) says so in its events only, and a pod that lacks a Secret in its own; both try again for
 * minutes. What is still so at the second look stays so.
 *
 * @throws ProblemError with what the events say
 */
async function watchForRefusal(
  client: ClusterClient,
  job: KubeJob,
  selection: { namespace?: string; labelSelector: string },
  signal: AbortSignal,
): Promise<never> {
  let looks = 0;
  for (;;) {
    await delay(REFUSAL_LOOK_MS, undefined, { signal });
    const [pod] = await client.list('Pod', selection);
    const warnings = await readWarnings(client, (pod ?? job).metadata!);
    const problem = explainFailure(warnings.join('; '));
    const isStuck = pod ? problem.code === SECRET_MISSING : warnings.length > 0;
    looks = isStuck ? looks + 1 : 0;
    if (looks === 2) throw new ProblemError(problem);
  }
}

async function readResult(
  client: ClusterClient,
  pod: KubePod,
): Promise<CourierResult> {
  const { exitCode, message = '' } = terminated(pod) ?? {};
  const result = parseResult(message);
  if (result?.failure) {
    throw new CourierFailedError(explainFailure(result.failure.message));
  }
  if (result && exitCode === 0) return result;
  if (!terminated(pod)) throw await explainPod(client, pod);
  throw new ProblemError({
    code: 'courier-failed',
    message: `The courier ended with exit code ${exitCode} and left no result. ${message.slice(
      0,
      500,
    )}`,
    remedy: `Read its log: kubectl -n ${pod.metadata!.namespace} logs ${
      pod.metadata!.name
    }; check that cubemig.courier.image is CubeMig's courier.`,
  });
}

function gone() {
  return new CourierGoneError(explainFailure("The courier's pod disappeared"));
}

function isOver({ status }: KubeJob) {
  return (status?.conditions ?? []).some(
    ({ type, status: value }) =>
      ['Complete', 'Failed'].includes(type) && value === 'True',
  );
}

function hasStarted(pod: KubePod) {
  const state = pod.status?.containerStatuses?.[0]?.state;
  return Boolean(
    state?.running || state?.terminated || pod.status?.phase === 'Failed',
  );
}
