import {
  CheckpointReport,
  FindingPage,
  findingQuerySchema,
  Problem,
  ReportKey,
  ReportSummary,
  StoredReport,
  Subject,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** Where a report lies in the registry, and what must be true of it. */
export interface ReportSource {
  repository: string;
  /** Of the artifact's manifest. */
  digest: string;
  /** Of the checkpoint image that the report must be about. */
  image: string;
}

/** A report that is to be had. */
export interface ExpectedReport extends ReportKey {
  subject: Subject;
  /** Undefined where there is none to be had: then `problem` says why. */
  source?: ReportSource & { bytes: number };
  problem?: Problem;
}

/** A report whose time to be fetched has come. */
export interface DueReport extends ReportKey {
  subject: Subject;
  source: ReportSource;
  attempts: number;
}

/** Where forensic reports are kept. Any number of backend replicas share one. */
export interface ForensicsStore {
  /** Notes that a report is to be fetched, if that is not noted already. */
  expect(report: ExpectedReport): Promise<void>;
  /**
   * Takes the report that has waited longest and counts the attempt. Nobody else gets it for so many milliseconds, in which it must be
   * stored or given back.
   */
  take(milliseconds: number): Promise<DueReport | undefined>;
  store(
    key: ReportKey,
    bytes: number,
    content: CheckpointReport,
  ): Promise<void>;
  /** @param nextAttemptAt - when to try again; undefined: not by itself */
  giveBack(
    key: ReportKey,
    problem: Problem,
    nextAttemptAt: string | undefined,
  ): Promise<void>;
  /** Has a report fetched at once that could not be had. False if there is none such. */
  retry(key: ReportKey): Promise<boolean>;

  listReports(migration: string): Promise<ReportSummary[]>;
  /** The reports that were stored at or after a time (ISO 8601). */
  listStoredSince(time: string): Promise<ReportKey[]>;
  getReport(key: ReportKey): Promise<StoredReport | undefined>;
  /** Where a report lies, and so the checkpoint it is about. */
  getSource(
    key: ReportKey,
  ): Promise<{ source?: ReportSource; subject: Subject } | undefined>;
  listFindings(
    query: z.output<typeof findingQuerySchema>,
  ): Promise<FindingPage>;
}
