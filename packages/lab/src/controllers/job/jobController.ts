import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';
import { keyOf, splitKey, type Controller } from '../Controller';
import { createPodFromTemplate } from '../createPodFromTemplate';
import { controllerOf, isControlledBy } from '../ownership';
import { isActive, isReady } from '../podState';
import { recordEvent } from '../recordEvent';
import { countOutcomes, judgeJob, type Verdict } from './judgeJob';

const COMPONENT = 'job-controller';
/** Keeps a finished pod until the job has counted it. */
const TRACKING = 'batch.kubernetes.io/job-tracking';
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
      const ofThatName = store
        .list('Pod', namespace)
        .filter(pod => controllerOf(pod)?.name === name);
      // Nobody counts the pods of a job that is gone.
      ofThatName
        .filter(pod => controllerOf(pod)!.uid !== job?.metadata.uid)
        .forEach(pod => stopTracking(store, pod));
      if (job) {
        reconcileJob(store, job, again);
      }
    },
  };
}

function reconcileJob(
  store: ClusterStore,
  job: KubeObject,
  again: (afterMs: number) => void,
): void {
  const now = Date.now();
  const pods = store
    .list('Pod', job.metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
  if (conditionOf(job, 'Complete') || conditionOf(job, 'Failed')) {
    pods.forEach(pod => stopTracking(store, pod));
    expire(store, job, now, again);
    return;
  }
  if (job.metadata.deletionTimestamp) {
    return;
  }
  if (!job.status?.startTime && !job.spec.suspend) {
    writeStatus(store, job, { startTime: formatTime(now) });
  }
  const active = pods.filter(isActive);
  const outcomes = countOutcomes(job, pods, TRACKING);
  const verdict = judgeJob(job, outcomes, now);
  if (verdict) {
    finish(store, job, pods, verdict);
    return;
  }
  if (outcomes.succeededUids.length || outcomes.failedUids.length) {
    count(store, job, pods, outcomes);
  }
  const wait = startPods(store, job, active, outcomes, now);
  if (wait !== undefined) {
    again(wait);
  }
  const { activeDeadlineSeconds } = job.spec;
  if (activeDeadlineSeconds !== undefined && job.status?.startTime) {
    const deadline =
      Date.parse(job.status.startTime) + activeDeadlineSeconds * 1000;
    again(Math.max(0, deadline - now));
  }
  writeCounts(store, job);
}

/** Starts what is missing; returns when to try again, in milliseconds, after a failure. */
function startPods(
  store: ClusterStore,
  job: KubeObject,
  active: KubeObject[],
  outcomes: ReturnType<typeof countOutcomes>,
  now: number,
): number | undefined {
  const { parallelism, suspend } = job.spec;
  if (suspend) {
    active.forEach(pod => deletePod(store, pod));
    return undefined;
  }
  const open = countOpen(job, outcomes.succeeded);
  const missing = Math.min(parallelism, open) - active.length;
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

/** How many more pods must succeed; without a number of completions the first success is enough. */
function countOpen({ spec }: KubeObject, succeeded: number): number {
  if (spec.completions !== undefined) {
    return spec.completions - succeeded;
  }
  return succeeded > 0 ? 0 : spec.parallelism;
}

/** Writes down who is being counted, lets those pods go, then adds them up: a crash between two of these counts nobody twice. */
function count(
  store: ClusterStore,
  job: KubeObject,
  pods: KubeObject[],
  outcomes: ReturnType<typeof countOutcomes>,
  conditions?: object[],
): void {
  const { succeededUids, failedUids } = outcomes;
  const active = pods.filter(isActive);
  writeStatus(store, job, {
    ...(conditions ? { conditions } : {}),
    active: active.length || undefined,
    ready: active.filter(isReady).length,
    uncountedTerminatedPods: {
      ...(succeededUids.length ? { succeeded: succeededUids } : {}),
      ...(failedUids.length ? { failed: failedUids } : {}),
    },
  });
  pods
    .filter(({ metadata }) =>
      [...succeededUids, ...failedUids].includes(metadata.uid),
    )
    .forEach(pod => stopTracking(store, pod));
  writeStatus(store, job, {
    succeeded: outcomes.succeeded || undefined,
    failed: outcomes.failed || undefined,
    uncountedTerminatedPods: {},
  });
}

function finish(
  store: ClusterStore,
  job: KubeObject,
  pods: KubeObject[],
  verdict: Verdict,
): void {
  const time = formatTime();
  const { announced, final, reason, message } = verdict;
  const conditionFor = (type: string) => ({
    type,
    status: 'True',
    lastProbeTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  pods.filter(isActive).forEach(pod => deletePod(store, pod));
  const rest = store
    .list('Pod', job.metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
  const outcomes = countOutcomes(job, rest, TRACKING);
  count(store, job, rest, outcomes, [conditionFor(announced)]);
  // The job is over when none of its pods runs any more.
  const terminating = rest.filter(
    ({ metadata, status }) =>
      metadata.deletionTimestamp &&
      status?.phase !== 'Succeeded' &&
      status?.phase !== 'Failed',
  );
  if (terminating.length > 0) {
    terminating.forEach(pod => stopTracking(store, pod));
  }
  writeStatus(store, job, {
    conditions: [conditionFor(announced), conditionFor(final)],
    ...(final === 'Complete' ? { completionTime: time } : {}),
    active: undefined,
    ready: 0,
  });
  recordEvent(store, job, {
    type: final === 'Complete' ? 'Normal' : 'Warning',
    reason: final === 'Complete' ? 'Completed' : reason,
    message: final === 'Complete' ? 'Job completed' : message,
    component: COMPONENT,
  });
}

function expire(
  store: ClusterStore,
  { metadata, spec, status }: KubeObject,
  now: number,
  again: (afterMs: number) => void,
): void {
  const { ttlSecondsAfterFinished } = spec;
  if (ttlSecondsAfterFinished === undefined || metadata.deletionTimestamp) {
    return;
  }
  const finished = status.conditions
    .filter(({ type }: any) => type === 'Complete' || type === 'Failed')
    .map(({ lastTransitionTime }: any) => Date.parse(lastTransitionTime));
  const wait = Math.max(...finished) + ttlSecondsAfterFinished * 1000 - now;
  if (wait > 0) {
    again(wait);
    return;
  }
  store.delete('Job', metadata.namespace, metadata.name, {
    uid: metadata.uid,
    propagationPolicy: 'Foreground',
  });
}

function writeCounts(store: ClusterStore, job: KubeObject): void {
  const pods = store
    .list('Pod', job.metadata.namespace)
    .filter(pod => isControlledBy(pod, job));
  const active = pods.filter(isActive);
  writeStatus(store, job, {
    active: active.length || undefined,
    terminating: pods.filter(
      pod => pod.metadata.deletionTimestamp && !isActive(pod),
    ).length,
    uncountedTerminatedPods: {},
    ready: active.filter(isReady).length,
  });
}

function writeStatus(
  store: ClusterStore,
  { metadata }: KubeObject,
  fields: Record<string, unknown>,
): void {
  store.mutate(
    'Job',
    metadata.namespace,
    metadata.name,
    stored => Object.assign(stored.status, fields),
    { uid: metadata.uid },
  );
}

function conditionOf({ status }: KubeObject, wanted: string): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: value }: any) => type === wanted && value === 'True',
  );
}

function stopTracking(store: ClusterStore, { metadata }: KubeObject): void {
  const { namespace, name, uid } = metadata;
  store.mutate(
    'Pod',
    namespace,
    name,
    stored => {
      const rest = stored.metadata.finalizers?.filter(f => f !== TRACKING);
      stored.metadata.finalizers = rest?.length ? rest : undefined;
    },
    { uid },
  );
}

function deletePod(store: ClusterStore, { metadata }: KubeObject): void {
  const { namespace, name, uid } = metadata;
  store.delete('Pod', namespace, name, { uid });
}
