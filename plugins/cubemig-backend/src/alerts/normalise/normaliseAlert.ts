import {
  AlertKind,
  priorities,
  Priority,
} from '@cubemig/plugin-cubemig-common';
import { createHash } from 'node:crypto';
import { normaliseCommand } from './normaliseCommand';

/** What the rest of CubeMig knows of an alert's payload. All text in it is hostile and bounded. */
export interface NormalisedAlert {
  kind: AlertKind;
  cluster: string;
  rule: string;
  priority: Priority;
  source: string;
  tags: string[];
  hostname?: string;
  namespace?: string;
  pod?: string;
  container?: string;
  containerId?: string;
  image?: string;
  command?: string;
  output: string;
  /** Falco's output fields, without those that it does not know. */
  fields: Record<string, FieldValue>;
  /** ISO 8601, UTC, milliseconds. */
  time: string;
  /** Equal for what is the same thing again. */
  foldKey: string;
}

/** A value of Falco's output fields. */
export type FieldValue = string | number | boolean | FieldValue[];

const FIELDS = 128;
const FIELD_LENGTH = 4096;
/** Of lists in lists; Falco has none at all. */
const FIELD_DEPTH = 4;
const OUTPUT_LENGTH = 8192;
/** Short ids, as Falco gives them, are the first characters of those in Kubernetes. */
const CONTAINER_ID_LENGTH = 12;
/** How far ahead a node's clock may be. */
const AHEAD_MS = 60_000;
/** Before there was Falco. */
const EARLIEST_MS = Date.UTC(2016, 0);

/**
 * Reads an alert of Falco or falcosidekick.
 *
 * @param payload - JSON that was accepted
 * @param receivedAt - when, ISO 8601
 */
export function normaliseAlert(
  cluster: string,
  payload: string,
  receivedAt: string,
): NormalisedAlert {
  const raw = JSON.parse(payload);
  const fields = readFields(raw.output_fields);
  const text = (name: string, length = 253) => {
    const value = fields[name];
    return typeof value === 'string' ? value.slice(0, length) : undefined;
  };
  const rule = clean(textOf(raw.rule), 512);
  const source = normaliseSource(raw.source);
  const containerId = text('container.id');
  const isOnHost = containerId === undefined || containerId === 'host';
  const command = text('proc.cmdline', FIELD_LENGTH);
  const alert = {
    kind: kindOf(rule, source),
    cluster,
    rule,
    priority: normalisePriority(raw.priority) ?? 'Debug',
    source,
    tags: readTags(raw.tags),
    hostname: known(raw.hostname, 253),
    namespace: text('k8s.ns.name') ?? text('ka.target.namespace'),
    pod: text('k8s.pod.name') ?? targetPod(fields),
    container: isOnHost ? undefined : text('container.name'),
    containerId: isOnHost
      ? undefined
      : containerId.slice(0, CONTAINER_ID_LENGTH),
    image: joinImage(
      text('container.image.repository', 512),
      text('container.image.tag', 128),
    ),
    command: command && normaliseCommand(command),
    output: clean(textOf(raw.output), OUTPUT_LENGTH),
    fields,
    time: normaliseTime(raw.time, receivedAt),
  };
  return { ...alert, foldKey: foldKeyOf(alert) };
}

/** Falco's name of a priority, whatever its case; undefined if it is none. */
export function normalisePriority(text: unknown): Priority | undefined {
  const lower = textOf(text).toLowerCase();
  return priorities.find(
    priority =>
      priority.toLowerCase() === (lower === 'info' ? 'informational' : lower),
  );
}

/** Metadata may come late: with a container's id, the pod's name makes no difference. */
function foldKeyOf(alert: Omit<NormalisedAlert, 'foldKey'>): string {
  const place =
    alert.containerId ??
    (alert.pod ? `${alert.namespace}/${alert.pod}` : alert.hostname);
  const alike = [alert.cluster, alert.source, alert.rule, place, alert.command];
  return createHash('sha256').update(JSON.stringify(alike)).digest('hex');
}

function kindOf(rule: string, source: string): AlertKind {
  if (source === 'internal' || rule.startsWith('Falco internal:')) {
    return 'internal';
  }
  return rule === 'Test rule' ? 'test' : 'alert';
}

/** falcosidekick says `syscalls` where Falco says `syscall`. */
function normaliseSource(source: unknown): string {
  const text = known(source, 128) ?? 'syscall';
  return text === 'syscalls' ? 'syscall' : text;
}

/** `k8s_audit` names any object; only a pod is one that can be acted on. */
function targetPod(fields: Record<string, FieldValue>) {
  const name = fields['ka.target.name'];
  return fields['ka.target.resource'] === 'pods' && typeof name === 'string'
    ? name.slice(0, 253)
    : undefined;
}

function joinImage(repository?: string, tag?: string) {
  return repository && tag ? `${repository}:${tag}` : repository;
}

function readTags(tags: unknown): string[] {
  if (!Array.isArray(tags)) return [];
  return tags
    .filter(tag => typeof tag === 'string')
    .slice(0, 64)
    .map(tag => clean(tag, 128));
}

function readFields(fields: unknown): Record<string, FieldValue> {
  const entries = Object.entries(fields ?? {}).slice(0, FIELDS);
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const field = readField(value);
      return field === undefined ? [] : [[clean(key, 256), field]];
    }),
  );
}

/** Undefined for what Falco does not know, and for lists in lists that would take a longer stack than there is. */
function readField(value: unknown, depth = 1): FieldValue | undefined {
  if (typeof value === 'string') return known(value, FIELD_LENGTH);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value) || depth > FIELD_DEPTH) return undefined;
  return value.slice(0, 64).flatMap(item => readField(item, depth + 1) ?? []);
}

/** Falco writes `<NA>`, nothing or null for what it does not know. */
function known(value: unknown, length: number): string | undefined {
  if (typeof value !== 'string' || value === '' || value === '<NA>') {
    return undefined;
  }
  return clean(value, length);
}

/** Nothing for what is no text: an object may hold a `toString` that is no function. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** PostgreSQL stores no NUL in text. */
function clean(text: string, length: number): string {
  return text.slice(0, length).replaceAll('\0', '\uFFFD');
}

/** A clock that runs ahead must not keep an alert on top for ever, nor an absurd one break what counts minutes. */
function normaliseTime(time: unknown, receivedAt: string): string {
  const moment = Date.parse(textOf(time));
  const isPlausible =
    moment > EARLIEST_MS && moment <= Date.parse(receivedAt) + AHEAD_MS;
  return isPlausible ? new Date(moment).toISOString() : receivedAt;
}
