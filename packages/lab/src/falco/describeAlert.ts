import type { SystemEvent } from '../runtime/events/SystemEvent';
import { fieldsOf, type FieldValue } from './fields';
import { CONTAINER_FIELDS, type Rule } from './Rule';

/** An alert as Falco's `json_output` has it. */
export interface Alert {
  hostname: string;
  output: string;
  output_fields: Record<string, FieldValue>;
  priority: string;
  rule: string;
  source: string;
  tags: string[];
  /** UTC with nine digits. */
  time: string;
}

const FIELD = /%([a-z0-9_.]+(?:\[[^\]]+\])?)/g;

/** What a node's Falco says of an event that meets a rule. */
export function describeAlert(
  rule: Rule,
  event: SystemEvent,
  hostname: string,
): Alert {
  const values = fieldsOf(event);
  const template = `${rule.output} ${CONTAINER_FIELDS}`;
  const names = [...template.matchAll(FIELD)].map(([, name]) => name);
  const time = formatTime(event.time);
  const clock = time.slice('2026-01-01T'.length, -1);
  return {
    hostname,
    output: `${clock}: ${rule.priority} ${template.replace(
      FIELD,
      (_all, name) => String(values[name] ?? '<NA>'),
    )}`,
    output_fields: Object.fromEntries(
      ['evt.time', ...names]
        .sort()
        .map(name => [
          name,
          name === 'evt.time' ? event.time : values[name] ?? null,
        ]),
    ),
    priority: rule.priority,
    rule: rule.name,
    source: 'syscall',
    tags: [...rule.tags].sort(),
    time,
  };
}

/** As JSON, as Falco writes it: nanoseconds are plain numbers, more than a double holds. */
export function formatAlert(alert: object): string {
  const members = Object.entries(alert)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${formatValue(value)}`);
  return `{${members.join(',')}}`;
}

function formatValue(value: unknown): string {
  if (typeof value === 'bigint') {
    return String(value);
  }
  const isObject =
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? formatAlert(value) : JSON.stringify(value);
}

function formatTime(nanoseconds: bigint): string {
  const milliseconds = Number(nanoseconds / 1_000_000n);
  const rest = String(nanoseconds % 1_000_000_000n).padStart(9, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -5)}.${rest}Z`;
}
