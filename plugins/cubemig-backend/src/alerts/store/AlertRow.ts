import { AlertHandling, priorities } from '@cubemig/plugin-cubemig-common';
import { NormalisedAlert } from '../normalise';
import { isOfCriu } from './isOfCriu';
import { AlertRecord } from './AlertStore';

export interface AlertRow {
  id: string;
  fold_key: string;
  window_until: string;
  stage: 'resolve' | 'decide' | 'done';
  due_at: string;
  attempts: number;
  kind: AlertRecord['kind'];
  cluster: string;
  rule: string;
  priority: number;
  source: string;
  tags: string;
  hostname: string | null;
  namespace: string | null;
  pod: string | null;
  container: string | null;
  container_id: string | null;
  image: string | null;
  workload_kind: string | null;
  workload_name: string | null;
  kubernetes_id: string | null;
  entity_ref: string | null;
  pod_uid: string | null;
  pod_labels: string;
  lineage: string | null;
  command: string | null;
  output: string;
  fields: string;
  occurrences: number;
  first_at: string;
  last_at: string;
  last_minute: number;
  received_at: string;
  decision_id: string | null;
  handling: AlertHandling | null;
  handled_by: string | null;
  handled_at: string | null;
  handling_reason: string | null;
  judged_by: string | null;
  caused_by: string | null;
  trouble: string | null;
}

export interface OccurrenceRow {
  id: number | string;
  alert_id: string | null;
  cluster: string;
  received_at: string;
  payload: string;
  identity: string | null;
  bytes: number;
}

/** A new alert's row; its pod, or its cause, is still to be found if it has one. */
export function toRow(
  id: string,
  alert: NormalisedAlert,
  options: { occurrences: number; receivedAt: string; windowUntil: string },
): AlertRow {
  const { occurrences, receivedAt, windowUntil } = options;
  const isLookedInto =
    alert.containerId !== undefined ||
    alert.pod !== undefined ||
    isOfCriu(alert);
  const isActedOn = alert.kind === 'alert';
  const next = isLookedInto ? 'resolve' : 'decide';
  return {
    id,
    fold_key: alert.foldKey,
    window_until: windowUntil,
    stage: isActedOn ? next : 'done',
    due_at: receivedAt,
    attempts: 0,
    kind: alert.kind,
    cluster: alert.cluster,
    rule: alert.rule,
    priority: priorities.indexOf(alert.priority),
    source: alert.source,
    tags: JSON.stringify(alert.tags),
    hostname: alert.hostname ?? null,
    namespace: alert.namespace ?? null,
    pod: alert.pod ?? null,
    container: alert.container ?? null,
    container_id: alert.containerId ?? null,
    image: alert.image ?? null,
    workload_kind: null,
    workload_name: null,
    kubernetes_id: null,
    entity_ref: null,
    pod_uid: null,
    pod_labels: '{}',
    lineage: null,
    command: alert.command ?? null,
    output: alert.output,
    fields: JSON.stringify(alert.fields),
    occurrences,
    first_at: alert.time,
    last_at: alert.time,
    last_minute: minuteOf(alert.time),
    received_at: receivedAt,
    decision_id: null,
    handling: null,
    handled_by: null,
    handled_at: null,
    handling_reason: null,
    judged_by: null,
    caused_by: null,
    trouble: null,
  };
}

export function fromRow(row: AlertRow): AlertRecord {
  return {
    id: row.id,
    kind: row.kind,
    cluster: row.cluster,
    rule: row.rule,
    priority: priorities[row.priority],
    source: row.source,
    tags: JSON.parse(row.tags),
    hostname: row.hostname ?? undefined,
    namespace: row.namespace ?? undefined,
    pod: row.pod ?? undefined,
    container: row.container ?? undefined,
    containerId: row.container_id ?? undefined,
    image: row.image ?? undefined,
    workload:
      row.workload_kind && row.workload_name
        ? { kind: row.workload_kind, name: row.workload_name }
        : undefined,
    entityRef: row.entity_ref ?? undefined,
    command: row.command ?? undefined,
    output: row.output,
    occurrences: row.occurrences,
    firstAt: row.first_at,
    lastAt: row.last_at,
    receivedAt: row.received_at,
    fields: JSON.parse(row.fields),
    podUid: row.pod_uid ?? undefined,
    podLabels: JSON.parse(row.pod_labels),
    kubernetesId: row.kubernetes_id ?? undefined,
    lineage: row.lineage ?? undefined,
    handling: row.handling
      ? {
          state: row.handling,
          by: row.handled_by ?? '',
          at: row.handled_at ?? '',
          reason: row.handling_reason ?? undefined,
        }
      : undefined,
    causedBy: row.caused_by ?? undefined,
    trouble: row.trouble ?? undefined,
    attempts: row.attempts,
    judgedBy: row.judged_by ?? undefined,
  };
}

/** Minutes since 1970, of an ISO 8601 time. */
export function minuteOf(time: string) {
  return Math.floor(Date.parse(time) / 60_000);
}
