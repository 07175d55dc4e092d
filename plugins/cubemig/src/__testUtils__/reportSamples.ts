import {
  forensicReportSchema,
  reportSchema,
  ReportSummary,
  StoredReport,
} from '@cubemig/plugin-cubemig-common';
// What the courier made of a container in which a reverse shell ran.
import attacked from './__fixtures__/attacked.json';

export const attackedReport = reportSchema.parse(attacked.report);
export const attackedForensics = forensicReportSchema.parse(attacked.forensics);

export function aReportSummary(
  overrides: Partial<ReportSummary> = {},
): ReportSummary {
  return {
    migration: 'm1',
    container: attackedReport.container_name,
    state: 'stored',
    subject: {
      cluster: 'cluster1',
      namespace: 'demo',
      pod: 'shop-5c8d9d7c4b-7k2lp',
    },
    createdAt: attackedReport.created,
    attempts: 1,
    verdict: attackedForensics.verdict,
    score: attackedForensics.score,
    findings: attackedForensics.findings.reduce<ReportSummary['findings']>(
      (counts, { severity }) => ({
        ...counts,
        [severity]: (counts[severity] ?? 0) + 1,
      }),
      {},
    ),
    ...overrides,
  };
}

export function aStoredReport(
  overrides: Partial<StoredReport> = {},
): StoredReport {
  return {
    ...aReportSummary(),
    report: attackedReport,
    forensics: attackedForensics,
    ...overrides,
  };
}
