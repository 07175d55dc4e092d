import type { KubeObject } from '../../api/ClusterStore';

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

/** Adds up a job's pods. A pod counts once: when it is counted, it loses the `tracking` finalizer. */
export function countOutcomes(
  { status }: KubeObject,
  pods: KubeObject[],
  tracking: string,
): Outcomes {
  const uncounted = pods.filter(({ metadata }) =>
    metadata.finalizers?.includes(tracking),
  );
  const succeededUids = uncounted
    .filter(pod => pod.status?.phase === 'Succeeded')
    .map(({ metadata }) => metadata.uid);
  const failed = pods.filter(pod => pod.status?.phase === 'Failed');
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
  if (failed > spec.backoffLimit) {
    return failure(
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
  }
  if (
    spec.activeDeadlineSeconds !== undefined &&
    status?.startTime &&
    now - Date.parse(status.startTime) >= spec.activeDeadlineSeconds * 1000
  ) {
    return failure(
      'DeadlineExceeded',
      'Job was active longer than specified deadline',
    );
  }
  if (spec.completions !== undefined && succeeded >= spec.completions) {
    return {
      announced: 'SuccessCriteriaMet',
      final: 'Complete',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    };
  }
  return undefined;
}

function failure(reason: string, message: string): Verdict {
  return { announced: 'FailureTarget', final: 'Failed', reason, message };
}
