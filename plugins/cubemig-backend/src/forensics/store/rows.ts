import {
  Finding,
  FindingCounts,
  ReportKey,
  ReportState,
  ReportSummary,
  Subject,
} from '@cubemig/plugin-cubemig-common';

export interface ReportRow {
  migration_id: string;
  container: string;
  state: ReportState;
  cluster: string;
  namespace: string;
  workload: string;
  entity_ref: string | null;
  created_at: string;
  stored_at: string | null;
  attempts: number;
  next_attempt_at: string | null;
  summary: string;
  source: string;
  content: Buffer | null;
}

export interface FindingRow {
  migration_id: string;
  container: string;
  sequence: number;
  rule: string;
  severity: string;
  cluster: string;
  namespace: string;
  workload: string;
  entity_ref: string | null;
  stored_at: string;
  finding: string;
}

/** What of a summary has no column of its own. */
export type Summary = Pick<
  ReportSummary,
  'subject' | 'digest' | 'bytes' | 'problem' | 'verdict' | 'score' | 'findings'
>;

/** All columns of a report but its content. */
export const COLUMNS = [
  'migration_id',
  'container',
  'state',
  'created_at',
  'stored_at',
  'attempts',
  'next_attempt_at',
  'summary',
] as const;

export function toColumns({ migration, container }: ReportKey) {
  return { migration_id: migration, container };
}

export function placeOf({
  cluster,
  namespace,
  pod,
  owner,
  entityRef,
}: Subject) {
  return {
    cluster,
    namespace,
    workload: owner?.name ?? pod,
    entity_ref: entityRef ?? null,
  };
}

export function toSummary(
  row: Pick<ReportRow, (typeof COLUMNS)[number]>,
): ReportSummary {
  return {
    migration: row.migration_id,
    container: row.container,
    state: row.state,
    createdAt: row.created_at,
    storedAt: row.stored_at ?? undefined,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at ?? undefined,
    ...(JSON.parse(row.summary) as Summary),
  };
}

export function countBySeverity(findings: readonly Finding[]): FindingCounts {
  const counts: FindingCounts = {};
  for (const { severity } of findings) {
    counts[severity] = (counts[severity] ?? 0) + 1;
  }
  return counts;
}
