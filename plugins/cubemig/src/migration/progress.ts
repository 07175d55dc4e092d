import {
  Migration,
  MigrationStatus,
  Phase,
  Step,
} from '@cubemig/plugin-cubemig-common';
import { durationBetween, formatDuration } from '../time';

/** A migration that will still change. */
export function isActive({ status }: { status: MigrationStatus }): boolean {
  return status === 'queued' || status === 'running' || status === 'undoing';
}

/** How long something has taken, in milliseconds; up to `now` while it goes on, undefined before it began. */
export function elapsed(
  part: Pick<Step | Phase | Migration, 'startedAt' | 'finishedAt'>,
  now: Date,
): number | undefined {
  if (!part.startedAt) return undefined;
  return durationBetween(part.startedAt, part.finishedAt ?? now);
}

/** A phase's mean speed in bytes per second; undefined until there is something to measure. */
export function rateOf(phase: Phase, now: Date): number | undefined {
  const ms = elapsed(phase, now);
  return ms && phase.bytes ? phase.bytes / (ms / 1000) : undefined;
}

/** The longest that any container was held still, in milliseconds. */
export function frozenFor({ checkpoints }: Migration): number | undefined {
  const micros = checkpoints.flatMap(c => c.frozenMicros ?? []);
  return micros.length > 0 ? Math.max(...micros) / 1000 : undefined;
}

/** Bytes of all checkpoints of a migration: as written, and as they crossed the wire. */
export function sizeOf({ checkpoints }: Migration) {
  return {
    archives: checkpoints.reduce((sum, c) => sum + c.archiveBytes, 0),
    layers: checkpoints.reduce((sum, c) => sum + c.layerBytes, 0),
  };
}

/** The source was not stopped, so it serves on: true until the cut-over is done. */
export function sourceServes({ steps }: Migration): boolean {
  return steps.find(s => s.name === 'cut-over')?.status !== 'succeeded';
}

/** How long a finished migration took, in words. */
export function describeDuration(migration: Migration): string | undefined {
  if (isActive(migration)) return undefined;
  const ms = elapsed(migration, new Date());
  return ms === undefined ? undefined : formatDuration(ms);
}
