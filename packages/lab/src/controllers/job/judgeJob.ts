import type { KubeObject } from '../../api/ClusterStore';

/** The finalizer that keeps a finished pod until its job has counted it. */
export const TRACKING = 'batch.kubernetes.io/job-tracking';

/** How a job's pods have ended so far. */
export interface Outcomes {
  /** Including those that are about to be counted. */
  succeeded: number;
  failed: number;
  /** Pods that ended and are not in the job's status yet. */
  succeededUids: string[];
  failedUids: string[];
  /** When the last of the failed pods ended, in milliseconds. */
  lastFailure?: number;
}

/** How a job ends: first announced, then, when its pods are counted, final. */
export interface Verdict {
  announced: 'SuccessCriteriaMet' | 'FailureTarget';
  final: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

const FINAL_CONDITIONS = {
  SuccessCriteriaMet: 'Complete',
  FailureTarget: 'Failed',
} as const;

/** Adds up a job's pods. A pod counts once: when it is counted, it loses its finalizer. */
export function countOutcomes(
  { status }: KubeObject,
  pods: KubeObject[],
): Outcomes {
  const uncounted = pods.filter(({ metadata }) =>
    metadata.finalizers?.includes(TRACKING),
  );
  const succeededUids = uncounted
    .filter(pod => pod.status?.phase === 'Succeeded')
    .map(({ metadata }) => metadata.uid);
  const failed = pods.filter(hasFailed);
  const failedUids = failed
    .filter(pod => uncounted.includes(pod))
    .map(({ metadata }) => metadata.uid);
  const failures = failed.map(endOf);
  return {
    succeeded: (status?.succeeded ?? 0) + succeededUids.length,
    failed: (status?.failed ?? 0) + failedUids.length,
    succeededUids,
    failedUids,
    lastFailure: failures.length ? Math.max(...failures) : undefined,
  };
}

/** Also a pod that was deleted while it ran: it may never get to say that it failed. */
function hasFailed({ metadata, status }: KubeObject): boolean {
  return (
    status?.phase === 'Failed' ||
    (metadata.deletionTimestamp !== undefined && status?.phase !== 'Succeeded')
  );
}

function endOf({ metadata, status }: KubeObject): number {
  const times = (status?.containerStatuses ?? [])
    .map((s: any) => s.state?.terminated?.finishedAt)
    .filter(Boolean)
    .map(Date.parse);
  return times.length
    ? Math.max(...times)
    : Date.parse(metadata.deletionTimestamp ?? metadata.creationTimestamp);
}

/** Whether a job is over, and how; undefined while it goes on. */
export function judgeJob(
  { spec, status }: KubeObject,
  { succeeded, failed }: Outcomes,
  now: number,
): Verdict | undefined {
  const announced = status?.conditions?.find(
    ({ type }: any) => type in FINAL_CONDITIONS,
  );
  if (announced) {
    return verdictOf(announced.type, announced.reason, announced.message);
  }
  if (failed > spec.backoffLimit) {
    return verdictOf(
      'FailureTarget',
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
  }
  if (
    spec.activeDeadlineSeconds !== undefined &&
    status?.startTime &&
    now - Date.parse(status.startTime) >= spec.activeDeadlineSeconds * 1000
  ) {
    return verdictOf(
      'FailureTarget',
      'DeadlineExceeded',
      'Job was active longer than specified deadline',
    );
  }
  if (spec.completions !== undefined && succeeded >= spec.completions) {
    return verdictOf(
      'SuccessCriteriaMet',
      'CompletionsReached',
      'Reached expected number of succeeded pods',
    );
  }
  return undefined;
}

function verdictOf(
  announced: Verdict['announced'],
  reason: string,
  message: string,
): Verdict {
  return { announced, final: FINAL_CONDITIONS[announced], reason, message };
}
