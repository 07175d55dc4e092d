import { CourierEvent, Phase } from '@cubemig/plugin-cubemig-common';

/** The phases after one more event of the courier's log. */
export function foldCourierEvent(
  phases: readonly Phase[],
  event: CourierEvent,
): Phase[] {
  const isSame = (phase: Phase) =>
    phase.name === event.phase && phase.container === event.container;
  const before: Phase = phases.find(isSame) ?? {
    name: event.phase,
    container: event.container,
    status: 'running',
    startedAt: event.time,
  };
  const after = advance(before, event);
  return phases.some(isSame)
    ? phases.map(phase => (isSame(phase) ? after : phase))
    : [...phases, after];
}

function advance(phase: Phase, event: CourierEvent): Phase {
  switch (event.type) {
    case 'progress':
      return { ...phase, bytes: event.bytes };
    case 'finished':
      return {
        ...phase,
        status: 'succeeded',
        bytes: event.bytes,
        finishedAt: event.time,
      };
    case 'failed':
      return { ...phase, status: 'failed', finishedAt: event.time };
    default:
      return phase;
  }
}
