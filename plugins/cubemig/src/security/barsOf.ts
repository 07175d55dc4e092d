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

/** The intervals from the first to the last that holds something, those between them included. */
export function barsOf({ buckets, bucketSeconds }: AlertSummary): Bar[] {
  const width = bucketSeconds * 1000;
  if (buckets.length === 0 || width <= 0) return [];
  const byStart = new Map(
    buckets.map(({ start, counts }) => [Date.parse(start), counts]),
  );
  const starts = [...byStart.keys()].sort((a, b) => a - b);
  const last = starts[starts.length - 1];
  const count = Math.min(MAX_BARS, Math.floor((last - starts[0]) / width) + 1);
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
