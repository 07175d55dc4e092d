import { Figures, Migration } from '@cubemig/plugin-cubemig-common';
import { formatBytes } from '../figures';
import { formatDuration } from '../time';

const formatMicros = (micros: number) => formatDuration(micros / 1000);

/** CRIU tells of each container: the longest is what the pod waited for. */
const ofDumps =
  (
    name:
      | 'freezingMicros'
      | 'frozenMicros'
      | 'memoryDumpMicros'
      | 'memoryWriteMicros',
  ) =>
  ({ dumps }: Figures) => {
    const known = dumps.flatMap(dump => dump[name] ?? []);
    return known.length > 0 ? Math.max(...known) : undefined;
  };

const rows = [
  { id: 'totalMs', read: (f: Figures) => f.totalMs, format: formatDuration },
  {
    id: 'downtimeMs',
    read: (f: Figures) => f.downtimeMs,
    format: formatDuration,
  },
  { id: 'freezingMs', read: ofDumps('freezingMicros'), format: formatMicros },
  { id: 'frozenMs', read: ofDumps('frozenMicros'), format: formatMicros },
  {
    id: 'memoryDumpMs',
    read: ofDumps('memoryDumpMicros'),
    format: formatMicros,
  },
  {
    id: 'memoryWriteMs',
    read: ofDumps('memoryWriteMicros'),
    format: formatMicros,
  },
  {
    id: 'checkpointMs',
    read: (f: Figures) => f.checkpointMs,
    format: formatDuration,
  },
  { id: 'imageMs', read: (f: Figures) => f.imageMs, format: formatDuration },
  { id: 'pushMs', read: (f: Figures) => f.pushMs, format: formatDuration },
  { id: 'pullMs', read: (f: Figures) => f.pullMs, format: formatDuration },
  { id: 'readyMs', read: (f: Figures) => f.readyMs, format: formatDuration },
  {
    id: 'archiveBytes',
    read: (f: Figures) => f.archiveBytes,
    format: formatBytes,
  },
  { id: 'layerBytes', read: (f: Figures) => f.layerBytes, format: formatBytes },
  {
    id: 'pushRate',
    read: (f: Figures) => f.pushRate,
    format: (rate: number) => `${formatBytes(rate)}/s`,
  },
] as const;

/** A figure of a migration beside those of the same workload's earlier ones, ready to be shown. */
export interface FigureRow {
  id: (typeof rows)[number]['id'];
  value: string;
  /** The median of the earlier ones; absent if none has this figure. */
  earlier?: string;
  /** How much more (or less) than the median, in percent. */
  change?: number;
}

export function figureRows(figures: Figures, earlier: Figures[]): FigureRow[] {
  return rows.flatMap(({ id, read, format }) => {
    const value = read(figures);
    if (value === undefined) return [];
    const median = medianOf(earlier.flatMap(e => read(e) ?? []));
    const shown = format(value);
    const before = median === undefined ? undefined : format(median);
    return [
      {
        id,
        value: shown,
        earlier: before,
        // What looks the same has not changed, whatever its last digits say.
        change:
          median && shown !== before
            ? Math.round((value / median - 1) * 100)
            : undefined,
      },
    ];
  });
}

/** Migrations of the same workload, done the same way before this one. */
export function earlierOf(
  migration: Migration,
  others: Migration[],
): Migration[] {
  const { owner, pod } = migration.source;
  return others.filter(
    other =>
      other.id !== migration.id &&
      other.createdAt < migration.createdAt &&
      other.mode === migration.mode &&
      (owner
        ? other.source.owner?.kind === owner.kind &&
          other.source.owner.name === owner.name
        : other.source.pod === pod),
  );
}

function medianOf(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted.length && (sorted[middle - 1] + sorted[middle]) / 2) || undefined;
}
