import type { KubeObject } from '../../ClusterStore';

/** One column of kubectl's tables. */
export interface Column {
  name: string;
  /** 1 for what only `-o wide` shows. */
  priority?: number;
  type?: 'string' | 'integer';
  format?: 'name';
  value(object: KubeObject, now: number): string | number;
}

/** A time span as kubectl writes it (apimachinery, util/duration, HumanDuration). */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) {
    return `${seconds}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) {
    return seconds % 60 ? `${minutes}m${seconds % 60}s` : `${minutes}m`;
  }
  if (minutes < 180) {
    return `${minutes}m`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 8) {
    return minutes % 60 ? `${hours}h${minutes % 60}m` : `${hours}h`;
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  const days = Math.floor(hours / 24);
  return days < 8 && hours % 24 ? `${days}d${hours % 24}h` : `${days}d`;
}

export function formatAge(time: string | null | undefined, now: number) {
  return time ? formatDuration(now - Date.parse(time)) : '<unknown>';
}

export function formatList(values: unknown[] | undefined): string {
  return values?.length ? values.join(',') : '<none>';
}

export function formatSelector(
  selector: { matchLabels?: Record<string, string> } | undefined,
): string {
  return formatList(
    Object.entries(selector?.matchLabels ?? {}).map(
      ([key, value]) => `${key}=${value}`,
    ),
  );
}

/** A column whose text is found by a function; what is absent shows as `<none>`. */
export function column(
  name: string,
  value: (object: KubeObject, now: number) => unknown,
  options: Pick<Column, 'priority' | 'type'> = {},
): Column {
  return {
    name,
    ...options,
    value: (object, now) => {
      const found = value(object, now);
      return typeof found === 'number' ? found : String(found ?? '<none>');
    },
  };
}

export const NAME: Column = {
  name: 'Name',
  format: 'name',
  value: ({ metadata }) => metadata.name,
};

export const AGE: Column = {
  name: 'Age',
  value: ({ metadata }, now) => formatAge(metadata.creationTimestamp, now),
};

/** The columns of a workload's containers, `-o wide` only. */
export const CONTAINERS: Column[] = [
  column('Containers', ({ spec }) => containersOf(spec, 'name'), {
    priority: 1,
  }),
  column('Images', ({ spec }) => containersOf(spec, 'image'), { priority: 1 }),
];

function containersOf(spec: any, field: 'name' | 'image'): string {
  return formatList(
    (spec.template?.spec?.containers ?? []).map((c: any) => c[field]),
  );
}

export const SELECTOR: Column = column(
  'Selector',
  ({ spec }) => formatSelector(spec.selector),
  { priority: 1 },
);
