import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';
import { keyOf, splitKey, type Controller } from '../Controller';
import { createPodFromTemplate } from '../createPodFromTemplate';
import { controllerOf } from '../ownership';
import { isActive } from '../podState';
import { expireJob, finishJob, isFinished } from './finishJob';
import { TRACKING, countOutcomes, judgeJob, type Outcomes } from './judgeJob';
import {
  computeCounts,
  countPods,
  deletePod,
  podsOf,
  stopTracking,
  writeStatus,
} from './jobPods';

const COMPONENT = 'job-controller';
const FIRST_BACKOFF_MS = 10_000;
const LAST_BACKOFF_MS = 600_000;

/** Runs a job's pods to completion, counts them and tells how it ended; removes a finished job when its time is up. */
export function jobController(store: ClusterStore): Controller {
  return {
    name: COMPONENT,
    wakesOn: {
      Job: job => [keyOf(job)],
      Pod: pod => {
        const owner = controllerOf(pod);
        return owner?.kind === 'Job'
          ? [`${pod.metadata.namespace}/${owner.name}`]
          : [];
      },
    },
    reconcile(key, again) {
      const [namespace, name] = splitKey(key);
      const job = store.get('Job', namespace, name);
      letStraysGo(store, namespace, name, job);
      if (job && isFinished(job)) {
        expireJob(store, job, again);
      } else if (job && !job.metadata.deletionTimestamp) {
        runJob(store, job, again);
      }
    },
  };
}

/** Nobody counts the pods of a job that is gone. */
function letStraysGo(
  store: ClusterStore,
  namespace: string,
  name: string,
  job: KubeObject | undefined,
): void {
  for (const pod of store.list('Pod', namespace)) {
    const owner = controllerOf(pod);
    const isStray =
      owner?.kind === 'Job' &&
      owner.name === name &&
      owner.uid !== job?.metadata.uid;
    if (isStray) {
      stopTracking(store, pod);
    }
  }
}

function runJob(
  store: ClusterStore,
  job: KubeObject,
  again: (afterMs: number) => void,
): void {
  const now = Date.now();
  const { activeDeadlineSeconds, suspend } = job.spec;
  const startTime =
    job.status?.startTime ?? (suspend ? undefined : formatTime(now));
  writeStatus(store, job, { startTime });
  if (activeDeadlineSeconds !== undefined && startTime) {
    const deadline = Date.parse(startTime) + activeDeadlineSeconds * 1000;
    again(Math.max(0, deadline - now));
  }
  const pods = podsOf(store, job);
  const outcomes = countOutcomes(job, pods);
  const verdict = judgeJob(job, outcomes, now);
  if (verdict) {
    finishJob(store, job, verdict, COMPONENT);
    return;
  }
  const hasNews =
    outcomes.succeededUids.length > 0 || outcomes.failedUids.length > 0;
  const sums = hasNews
    ? countPods(store, job, pods, outcomes)
    : { uncountedTerminatedPods: {} };
  const wait = startPods(store, job, pods.filter(isActive), outcomes, now);
  if (wait !== undefined) {
    again(wait);
  }
  writeStatus(store, job, { ...sums, ...computeCounts(podsOf(store, job)) });
}

/** Starts what is missing; returns when to try again, in milliseconds, after a failure. */
function startPods(
  store: ClusterStore,
  job: KubeObject,
  active: KubeObject[],
  outcomes: Outcomes,
  now: number,
): number | undefined {
  if (job.spec.suspend) {
    active.forEach(pod => deletePod(store, pod));
    return undefined;
  }
  const missing = countWanted(job, outcomes.succeeded) - active.length;
  if (missing <= 0) {
    return undefined;
  }
  if (outcomes.lastFailure !== undefined) {
    const backoff = Math.min(
      FIRST_BACKOFF_MS * 2 ** (outcomes.failed - 1),
      LAST_BACKOFF_MS,
    );
    const wait = outcomes.lastFailure + backoff - now;
    if (wait > 0) {
      return wait;
    }
  }
  for (let index = 0; index < missing; index++) {
    createPodFromTemplate(store, job, {
      component: COMPONENT,
      finalizers: [TRACKING],
    });
  }
  return undefined;
}

/** How many pods should run; without a number of completions the first success is enough. */
function countWanted({ spec }: KubeObject, succeeded: number): number {
  const { completions, parallelism } = spec;
  if (completions !== undefined) {
    return Math.min(parallelism, completions - succeeded);
  }
  return succeeded > 0 ? 0 : parallelism;
}
