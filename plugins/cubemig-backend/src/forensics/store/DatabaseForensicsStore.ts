import {
  CheckpointReport,
  Finding,
  FindingPage,
  findingQuerySchema,
  Problem,
  ReportKey,
  StoredReport,
} from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import {
  DueReport,
  ExpectedReport,
  ForensicsStore,
  ReportSource,
} from './ForensicsStore';
import {
  COLUMNS,
  countBySeverity,
  FindingRow,
  placeOf,
  ReportRow,
  Summary,
  toColumns,
  toSummary,
} from './rows';

/** SQLite takes so many variables in one statement. */
const ROWS_AT_ONCE = 50;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Keeps forensic reports in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseForensicsStore implements ForensicsStore {
  /** @param knex - a database that has the tables already */
  constructor(private readonly knex: Knex) {}

  async expect({ subject, source, problem, ...key }: ExpectedReport) {
    const now = new Date().toISOString();
    const summary: Summary = {
      subject,
      digest: source?.digest,
      bytes: source?.bytes,
      problem,
      findings: {},
    };
    await this.knex<ReportRow>('forensic_reports')
      .insert({
        ...toColumns(key),
        ...placeOf(subject),
        state: source ? 'pending' : 'unavailable',
        created_at: now,
        attempts: 0,
        next_attempt_at: source ? now : null,
        summary: JSON.stringify(summary),
        source: JSON.stringify(source ?? {}),
      })
      .onConflict(['migration_id', 'container'])
      .ignore();
  }

  async take(milliseconds: number): Promise<DueReport | undefined> {
    for (;;) {
      const now = new Date();
      const due = await this.knex<ReportRow>('forensic_reports')
        .where({ state: 'pending' })
        .andWhere('next_attempt_at', '<=', now.toISOString())
        .orderBy('next_attempt_at')
        .first(...COLUMNS, 'source');
      if (!due) return undefined;
      const taken = await this.knex<ReportRow>('forensic_reports')
        .where({
          migration_id: due.migration_id,
          container: due.container,
          attempts: due.attempts,
          state: 'pending',
        })
        .update({
          attempts: due.attempts + 1,
          next_attempt_at: new Date(now.getTime() + milliseconds).toISOString(),
        });
      // Otherwise another replica was faster: look again.
      if (taken === 1) {
        return {
          migration: due.migration_id,
          container: due.container,
          subject: (JSON.parse(due.summary) as Summary).subject,
          source: JSON.parse(due.source),
          attempts: due.attempts + 1,
        };
      }
    }
  }

  async store(key: ReportKey, bytes: number, content: CheckpointReport) {
    const packed = await pack(JSON.stringify(content));
    const { verdict, score, findings } = content.forensics;
    const now = new Date().toISOString();
    await this.knex.transaction(async transaction => {
      const row = await transaction<ReportRow>('forensic_reports')
        .where(toColumns(key))
        .forUpdate()
        .first();
      if (!row) return;
      const summary: Summary = {
        ...JSON.parse(row.summary),
        bytes,
        problem: undefined,
        verdict,
        score,
        findings: countBySeverity(findings),
      };
      await transaction<ReportRow>('forensic_reports')
        .where(toColumns(key))
        .update({
          state: 'stored',
          stored_at: now,
          next_attempt_at: null,
          summary: JSON.stringify(summary),
          content: packed,
        });
      await transaction('findings').where(toColumns(key)).delete();
      const { cluster, namespace, workload, entity_ref } = row;
      await transaction.batchInsert(
        'findings',
        findings.map((finding, sequence) => ({
          ...toColumns(key),
          sequence,
          rule: finding.id,
          severity: finding.severity,
          cluster,
          namespace,
          workload,
          entity_ref,
          stored_at: now,
          finding: JSON.stringify(finding),
        })),
        ROWS_AT_ONCE,
      );
    });
  }

  async giveBack(
    key: ReportKey,
    problem: Problem,
    nextAttemptAt: string | undefined,
  ) {
    const row = await this.knex<ReportRow>('forensic_reports')
      .where(toColumns(key))
      .first('summary');
    if (!row) return;
    await this.knex<ReportRow>('forensic_reports')
      .where({ ...toColumns(key), state: 'pending' })
      .update({
        state: nextAttemptAt ? 'pending' : 'unavailable',
        next_attempt_at: nextAttemptAt ?? null,
        summary: JSON.stringify({ ...JSON.parse(row.summary), problem }),
      });
  }

  async retry(key: ReportKey) {
    const changed = await this.knex<ReportRow>('forensic_reports')
      .where({ ...toColumns(key) })
      .whereNot({ state: 'stored' })
      .whereNot({ source: '{}' })
      .update({
        state: 'pending',
        attempts: 0,
        next_attempt_at: new Date().toISOString(),
      });
    return changed === 1;
  }

  async listReports(migration: string) {
    const rows = await this.knex<ReportRow>('forensic_reports')
      .where({ migration_id: migration })
      .orderBy('container')
      .select(...COLUMNS);
    return rows.map(toSummary);
  }

  async listStoredSince(time: string) {
    const rows = await this.knex<ReportRow>('forensic_reports')
      .where({ state: 'stored' })
      .andWhere('stored_at', '>=', time)
      .select('migration_id', 'container');
    return rows.map(({ migration_id, container }) => ({
      migration: migration_id,
      container,
    }));
  }

  async getReport(key: ReportKey): Promise<StoredReport | undefined> {
    const row = await this.knex<ReportRow>('forensic_reports')
      .where(toColumns(key))
      .first();
    if (!row) return undefined;
    const summary = toSummary(row);
    if (!row.content) return summary;
    const { report, forensics }: CheckpointReport = JSON.parse(
      (await unpack(row.content)).toString('utf8'),
    );
    return { ...summary, report, forensics };
  }

  async getSource(key: ReportKey) {
    const row = await this.knex<ReportRow>('forensic_reports')
      .where(toColumns(key))
      .first('source', 'summary');
    if (!row) return undefined;
    const source: Partial<ReportSource> = JSON.parse(row.source);
    return {
      source: source.digest ? (source as ReportSource) : undefined,
      subject: (JSON.parse(row.summary) as Summary).subject,
    };
  }

  async listFindings(
    query: z.output<typeof findingQuerySchema>,
  ): Promise<FindingPage> {
    const { offset, limit, migration, entityRef, ...rest } = query;
    const filter = Object.entries({
      ...rest,
      migration_id: migration,
      entity_ref: entityRef,
    }).filter(([, value]) => value !== undefined);
    const matching = () =>
      this.knex<FindingRow>('findings').where(Object.fromEntries(filter));
    const [{ total }] = await matching().count({ total: '*' });
    const rows = await matching()
      .orderBy([
        { column: 'stored_at', order: 'desc' },
        'migration_id',
        'container',
        'sequence',
      ])
      .offset(offset)
      .limit(limit);
    const subjects = await this.readSubjects(rows);
    return {
      total: Number(total),
      items: rows.map(row => ({
        migration: row.migration_id,
        container: row.container,
        subject: subjects.get(`${row.migration_id}/${row.container}`)!,
        storedAt: row.stored_at,
        finding: JSON.parse(row.finding) as Finding,
      })),
    };
  }

  private async readSubjects(rows: FindingRow[]) {
    const reports = await this.knex<ReportRow>('forensic_reports')
      .whereIn('migration_id', [...new Set(rows.map(r => r.migration_id))])
      .select('migration_id', 'container', 'summary');
    return new Map(
      reports.map(({ migration_id, container, summary }) => [
        `${migration_id}/${container}`,
        (JSON.parse(summary) as Summary).subject,
      ]),
    );
  }
}
