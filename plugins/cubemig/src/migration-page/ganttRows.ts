import { Migration, Phase, Step } from '@cubemig/plugin-cubemig-common';
import { durationBetween } from '../time';

/** One bar of the chart, in milliseconds from the migration's start. */
export interface GanttRow {
  id: string;
  step: Step['name'];
  /** Set on the bars of a courier's phase. */
  phase?: Pick<Phase, 'name' | 'container'>;
  status: Step['status'];
  /** Absent before it has begun. */
  bar?: { from: number; duration: number };
}

/** A migration's steps, and under the checkpoint the courier's phases, which run side by side for each container. */
export function ganttRows(migration: Migration, now: Date): GanttRow[] {
  const origin = migration.startedAt;
  const barOf = (part: Pick<Step, 'startedAt' | 'finishedAt'>) =>
    origin && part.startedAt
      ? {
          from: durationBetween(origin, part.startedAt),
          duration: durationBetween(part.startedAt, part.finishedAt ?? now),
        }
      : undefined;
  return migration.steps.flatMap(step => [
    { id: step.name, step: step.name, status: step.status, bar: barOf(step) },
    ...(step.phases ?? []).map(phase => ({
      id: `${step.name}/${phase.container}/${phase.name}`,
      step: step.name,
      phase: { name: phase.name, container: phase.container },
      status: phase.status,
      bar: barOf(phase),
    })),
  ]);
}

/** The chart's length in milliseconds: up to the last thing that is known. */
export function ganttLength(rows: GanttRow[]): number {
  return Math.max(
    1,
    ...rows.map(({ bar }) => (bar ? bar.from + bar.duration : 0)),
  );
}

const STEPS = [1, 2, 5, 10];

/** Round moments for the axis, at most five of them after 0. */
export function ganttTicks(length: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(length / 5));
  const distance = STEPS.map(step => step * magnitude).find(
    step => length / step <= 5,
  )!;
  const count = Math.floor(length / distance);
  return Array.from({ length: count + 1 }, (_, i) => i * distance);
}
