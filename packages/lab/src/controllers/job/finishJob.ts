import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';
import { isActive } from '../podState';
import { recordEvent } from '../recordEvent';
import { countOutcomes, type Verdict } from './judgeJob';
import {
  computeCounts,
  countPods,
  deletePod,
  podsOf,
  stopTracking,
  writeStatus,
} from './jobPods';

/** Ends a job: announces how, takes its other pods down, and when the last of them has stopped says that it is over. */
export function finishJob(
  store: ClusterStore,
  job: KubeObject,
  { announced, final, reason, message }: Verdict,
  component: string,
): void {
  const time = formatTime();
  const conditionFor = (type: string) => ({
    type,
    status: 'True',
    lastProbeTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  const [first] = job.status?.conditions ?? [conditionFor(announced)];
  podsOf(store, job)
    .filter(isActive)
    .forEach(pod => deletePod(store, pod));
  const pods = podsOf(store, job);
  const sums = countPods(store, job, pods, countOutcomes(job, pods), [first]);
  const counts = computeCounts(podsOf(store, job));
  if (counts.terminating > 0) {
    writeStatus(store, job, { ...sums, ...counts });
    return;
  }
  writeStatus(store, job, {
    ...sums,
    ...counts,
    conditions: [first, conditionFor(final)],
    ...(final === 'Complete' ? { completionTime: time } : {}),
  });
  recordEvent(store, job, {
    ...(final === 'Complete'
      ? { type: 'Normal', reason: 'Completed', message: 'Job completed' }
      : { type: 'Warning', reason, message }),
    component,
  });
}

export function isFinished({ status }: KubeObject): boolean {
  return finishTimes(status).length > 0;
}

/** Removes a finished job when its `ttlSecondsAfterFinished` are over; `again` is called where they are not. */
export function expireJob(
  store: ClusterStore,
  job: KubeObject,
  again: (afterMs: number) => void,
): void {
  const { metadata, spec, status } = job;
  podsOf(store, job).forEach(pod => stopTracking(store, pod));
  const { ttlSecondsAfterFinished } = spec;
  if (ttlSecondsAfterFinished === undefined || metadata.deletionTimestamp) {
    return;
  }
  const end = Math.max(...finishTimes(status)) + ttlSecondsAfterFinished * 1000;
  if (end > Date.now()) {
    again(end - Date.now());
    return;
  }
  store.delete('Job', metadata.namespace, metadata.name, {
    uid: metadata.uid,
    propagationPolicy: 'Foreground',
  });
}

function finishTimes(status: any): number[] {
  return (status?.conditions ?? [])
    .filter(({ type }: any) => type === 'Complete' || type === 'Failed')
    .map(({ lastTransitionTime }: any) => Date.parse(lastTransitionTime));
}
