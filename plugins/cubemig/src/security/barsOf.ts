import {
  AlertSummary,
  priorities,
  Priority,
} from '@cubemig/plugin-cubemig-common';

/** One interval of the chart. */
export interface Bar {
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  total: number;
  /** Gravest last, so that it stands on top. */
  parts: { priority: Priority; count: number }[];
}

const MAX_BARS = 400;

/**
 * The intervals from the first to the last that holds something, those between them included.
 *
 * @param from - begin there already, in milliseconds since 1970
 * @param until - end there only
 */
export function barsOf(
  { buckets, bucketSeconds }: AlertSummary,
  { from = Infinity, until = 0 } = {},
): Bar[] {
  const width = bucketSeconds * 1000;
  if (buckets.length === 0 || width <= 0) return [];
  const byStart = new Map(
    buckets.map(({ start, counts }) => [Date.parse(start), counts]),
  );
  const starts = [...byStart.keys()].sort((a, b) => a - b);
  // All intervals are as far apart as those that are known.
  const toInterval = (time: number) =>
    starts[0] + Math.floor((time - starts[0]) / width) * width;
  const first = Math.min(starts[0], toInterval(from));
  const last = Math.max(starts[starts.length - 1], toInterval(until));
  const count = Math.min(MAX_BARS, Math.round((last - first) / width) + 1);
  return Array.from({ length: count }, (_, i) => {
    // The newest are kept if there are too many.
    const start = last - (count - 1 - i) * width;
    const counts = byStart.get(start) ?? {};
    const parts = [...priorities].reverse().flatMap(priority => {
      const n = counts[priority];
      return n ? [{ priority, count: n }] : [];
    });
    return {
      start,
      end: start + width,
      total: parts.reduce((sum, part) => sum + part.count, 0),
      parts,
    };
  });
}
