import { AlertFilter } from '@cubemig/plugin-cubemig-common';

/** What narrows the dashboard down, as its URL holds it. */
export const filterNames = [
  'range',
  'since',
  'until',
  'priority',
  'cluster',
  'rule',
  'namespace',
  'workload',
  'entityRef',
  'text',
  'kind',
  'status',
  'handling',
] as const;
export type AlertFields = Partial<Record<(typeof filterNames)[number], string>>;

const HOUR = 3600_000;

/** Lengths of time, in milliseconds back from now. */
export const ranges = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
} as const;
export type Range = keyof typeof ranges | 'all';
export const rangeNames: readonly Range[] = [
  'hour',
  'day',
  'week',
  'month',
  'all',
];

export function rangeOf({ range }: AlertFields): Range {
  return rangeNames.find(name => name === range) ?? 'day';
}

/** The API's filter for what the URL says, at a moment. */
export function filterOf(fields: AlertFields, now: Date): AlertFilter {
  const { range: _, since, ...rest } = fields;
  const range = rangeOf(fields);
  return {
    ...rest,
    kind: fields.kind ?? 'alert',
    since:
      since ??
      (range === 'all'
        ? undefined
        : new Date(now.getTime() - ranges[range]).toISOString()),
    // What somebody wrote into the URL by hand is the backend's to refuse.
  } as AlertFilter;
}

/** The time that is looked at, in milliseconds since 1970; without a beginning if it is all time. */
export function boundsOf(fields: AlertFields, now: number) {
  const { since, until } = fields;
  const range = rangeOf(fields);
  const begin = range === 'all' ? undefined : now - ranges[range];
  return {
    from: since ? Date.parse(since) : begin,
    // An interval's end is the next one's first moment.
    until: until ? Date.parse(until) - 1 : now,
  };
}
