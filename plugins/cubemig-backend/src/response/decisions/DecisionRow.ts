import { Decision } from '@cubemig/plugin-cubemig-common';
import { DecisionRecord } from './DecisionStore';

export interface DecisionRow {
  id: string;
  alert_id: string;
  rule_id: string;
  rule_revision: number;
  action: string;
  verdict: Decision['verdict'];
  status: Decision['status'];
  cluster: string;
  entity_ref: string | null;
  kubernetes_id: string | null;
  lineage: string | null;
  touches_pod: boolean | number;
  migration_id: string | null;
  created_at: string;
  updated_at: string;
  expires_at: string | null;
  decision: string;
}

export function toRow(record: DecisionRecord): DecisionRow {
  const { lineage, kubernetesId, touchesPod, ...decision } = record;
  return {
    id: record.id,
    alert_id: record.alert,
    rule_id: record.rule.id,
    rule_revision: record.rule.revision,
    action: record.action,
    verdict: record.verdict,
    status: record.status,
    cluster: record.cluster,
    entity_ref: record.entityRef ?? null,
    kubernetes_id: kubernetesId ?? null,
    lineage: lineage ?? null,
    touches_pod: touchesPod,
    migration_id: record.migration ?? null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    expires_at: record.expiresAt ?? null,
    decision: JSON.stringify(decision),
  };
}

export function toDecision(row: DecisionRow): Decision {
  return JSON.parse(row.decision);
}

export function toRecord(row: DecisionRow): DecisionRecord {
  return {
    ...toDecision(row),
    lineage: row.lineage ?? undefined,
    kubernetesId: row.kubernetes_id ?? undefined,
    touchesPod: Boolean(row.touches_pod),
  };
}
