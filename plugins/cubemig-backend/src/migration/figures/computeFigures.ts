import {
  Figures,
  Migration,
  Phase,
  PhaseName,
  StepName,
} from '@cubemig/plugin-cubemig-common';
import { KubeEvent, KubePod } from '../../clusters';

/** What the restored pod tells of how it came to life. */
export interface RestoredPodSeen {
  pod: KubePod;
  /** Of that pod. */
  events: KubeEvent[];
}

/**
 * What a migration has cost so far, as far as it can be told now. What was known before and cannot be told any more is kept.
 *
 * Times of phases are those of the courier's node, times of pods those of their API server: a difference between two clocks that makes
 * no sense is left out.
 */
export function computeFigures(
  migration: Migration,
  seen?: RestoredPodSeen,
): Figures {
  const { steps, checkpoints, startedAt, finishedAt } = migration;
  const phases = steps.flatMap(step => step.phases ?? []);
  const pushMs = spanOf(phases, 'push');
  const layerBytes = sum(checkpoints.map(c => c.layerBytes));
  const restore = stepOf(migration, 'restore');
  const told = {
    checkpointMs: spanOf(phases, 'checkpoint'),
    imageMs: spanOf(phases, 'image'),
    pushMs,
    archiveBytes: sum(checkpoints.map(c => c.archiveBytes)),
    layerBytes,
    pushRate:
      pushMs && layerBytes
        ? Math.round((layerBytes / pushMs) * 1000)
        : undefined,
    readyMs: between(restore?.startedAt, restore?.finishedAt),
    pullMs: seen && readPull(seen),
    downtimeMs: seen && between(firstDump(phases), conditionTime(seen.pod)),
    totalMs: between(startedAt, finishedAt),
  };
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return { dumps: [], ...migration.figures, ...Object.fromEntries(known) };
}

/** From the first container's start of a phase to the last one's end. */
function spanOf(phases: Phase[], name: PhaseName) {
  const own = phases.filter(phase => phase.name === name);
  if (own.length === 0 || own.some(({ finishedAt }) => !finishedAt)) {
    return undefined;
  }
  return between(
    earliest(own.map(phase => phase.startedAt)),
    latest(own.map(phase => phase.finishedAt)),
  );
}

/** From here on the source may do what the restored pod will not know. */
function firstDump(phases: Phase[]) {
  return earliest(
    phases
      .filter(({ name }) => name === 'checkpoint')
      .map(({ startedAt }) => startedAt),
  );
}

/** The kubelet tells how long a pull took; without its event, conditions do, to the second. */
function readPull({ pod, events }: RestoredPodSeen) {
  const pulls = events
    .filter(({ reason }) => reason === 'Pulled')
    .flatMap(({ message = '' }) => {
      const [, duration] = / in ([0-9a-zµ.]+)/.exec(message) ?? [];
      return duration === undefined ? [] : readGoDuration(duration) ?? [];
    });
  if (pulls.length > 0) return Math.round(Math.max(...pulls));
  const scheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'True',
  );
  return between(
    scheduled?.lastTransitionTime,
    latest(
      (pod.status?.containerStatuses ?? []).map(
        ({ state }) => state?.running?.startedAt,
      ),
    ),
  );
}

const units: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  µs: 0.001,
  us: 0.001,
  ns: 0.000001,
};

/** For example `1m2.5s` or `850ms`, in milliseconds. */
function readGoDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|µs|us|ns)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce(
    (total, [, n, unit]) => total + Number(n) * units[unit],
    0,
  );
}

/** When the pod became Ready, which is when it may serve. */
function conditionTime({ status }: KubePod) {
  return status?.conditions?.find(
    condition => condition.type === 'Ready' && condition.status === 'True',
  )?.lastTransitionTime;
}

function stepOf({ steps }: Migration, name: StepName) {
  return steps.find(step => step.name === name);
}

/** Milliseconds; undefined where an end is unknown or lies before the beginning. */
function between(start?: string, end?: string) {
  if (start === undefined || end === undefined) return undefined;
  const milliseconds = Date.parse(end) - Date.parse(start);
  return milliseconds >= 0 ? milliseconds : undefined;
}

function earliest(times: (string | undefined)[]) {
  return times.filter(time => time !== undefined).sort()[0];
}

function latest(times: (string | undefined)[]) {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}

function sum(values: number[]) {
  return values.length === 0
    ? undefined
    : values.reduce((total, value) => total + value, 0);
}
