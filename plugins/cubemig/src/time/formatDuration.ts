const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration as a person reads it: `96 ms`, `3.4 s`, `2 min 5 s`, `1 h 12 min`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) {
    // 59.96 s must not become "60.0 s"
    return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  }
  if (ms < HOUR) {
    return pair(Math.floor(ms / MINUTE), 'min', (ms % MINUTE) / SECOND, 's');
  }
  return pair(Math.floor(ms / HOUR), 'h', (ms % HOUR) / MINUTE, 'min');
}

/** An age in its largest unit, short enough for a table: `12 s`, `5 min`, `3 h`, `41 d`. */
export function formatAge(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** Milliseconds between two moments; 0 if a clock that runs behind would make it negative. */
export function durationBetween(
  start: string | Date,
  end: string | Date,
): number {
  return Math.max(0, new Date(end).getTime() - new Date(start).getTime());
}

function pair(large: number, largeUnit: string, small: number, unit: string) {
  const rest = Math.floor(small);
  return rest > 0
    ? `${large} ${largeUnit} ${rest} ${unit}`
    : `${large} ${largeUnit}`;
}
