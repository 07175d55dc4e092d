import {
  CheckpointDiff,
  checkpointDiffSchema,
  FindingPage,
  findingPageSchema,
  FindingQuery,
  ReportKey,
  ReportSummary,
  reportSummarySchema,
  StoredReport,
  storedReportSchema,
} from '../schema/forensics';
import {
  InquiryRequest,
  InquiryState,
  inquiryStateSchema,
  RevealRequest,
} from '../schema/inquiries';
import {
  ApiConnection,
  ask,
  askList,
  toQuery,
  withJson,
} from './ApiConnection';

/** What is known of the insides of checkpoints. */
export interface ForensicsApi {
  /** A migration's forensic reports, one a container, without their content. */
  getReports(migration: string): Promise<ReportSummary[]>;
  getReport(key: ReportKey): Promise<StoredReport>;
  /** Fetches a report again that could not be had. */
  retryReport(key: ReportKey): Promise<ReportSummary>;
  /** The report as a file: CubeMig's own JSON, or its findings as SARIF 2.1.0. */
  downloadReport(key: ReportKey, format: 'json' | 'sarif'): Promise<Blob>;
  /** Findings of all reports, newest first. */
  getFindings(query?: FindingQuery): Promise<FindingPage>;
  /** What differs between an earlier and a later checkpoint. */
  compareCheckpoints(
    before: ReportKey,
    after: ReportKey,
  ): Promise<CheckpointDiff>;
  /** Asks something of a stored checkpoint; the answer comes later, by `getInquiry`. */
  startInquiry(key: ReportKey, request: InquiryRequest): Promise<InquiryState>;
  /** Asks for a variable that reports mask; its value comes with `getInquiry`, once. */
  revealVariable(key: ReportKey, request: RevealRequest): Promise<InquiryState>;
  getInquiry(id: string): Promise<InquiryState>;
  /** All that is known of a migration as one archive (tar.gz). */
  downloadEvidence(migration: string): Promise<Blob>;
}

export function createForensicsApi(connection: ApiConnection): ForensicsApi {
  const download = async (path: string) => (await connection.send(path)).blob();
  return {
    getReports: migration =>
      askList(connection, reportSummarySchema, `${pathOf(migration)}/reports`),
    getReport: key => ask(connection, storedReportSchema, reportPath(key)),
    retryReport: key =>
      ask(connection, reportSummarySchema, `${reportPath(key)}/retry`, {
        method: 'POST',
      }),
    downloadReport: (key, format) =>
      download(`${reportPath(key)}/download/${format}`),
    getFindings: (query = {}) =>
      ask(connection, findingPageSchema, `/findings${toQuery(query)}`),
    compareCheckpoints(before, after) {
      const query = toQuery({
        withMigration: before.migration,
        withContainer: before.container,
      });
      const path = `${reportPath(after)}/comparison${query}`;
      return ask(connection, checkpointDiffSchema, path);
    },
    startInquiry: (key, request) =>
      ask(
        connection,
        inquiryStateSchema,
        `${reportPath(key)}/inquiries`,
        withJson('POST', request),
      ),
    revealVariable: (key, request) =>
      ask(
        connection,
        inquiryStateSchema,
        `${reportPath(key)}/reveal`,
        withJson('POST', request),
      ),
    getInquiry: id =>
      ask(
        connection,
        inquiryStateSchema,
        `/inquiries/${encodeURIComponent(id)}`,
      ),
    downloadEvidence: migration => download(`${pathOf(migration)}/evidence`),
  };
}

function pathOf(migration: string) {
  return `/migrations/${encodeURIComponent(migration)}`;
}

/** Where a container's report lies in the API. */
export function reportPath({ migration, container }: ReportKey) {
  return `${pathOf(migration)}/reports/${encodeURIComponent(container)}`;
}
