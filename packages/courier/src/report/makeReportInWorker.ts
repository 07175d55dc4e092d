import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { Archive, Checkpoint, examine, readReport } from '@cubemig/checkpoint';
import { boundReport } from './boundReport';

/** What the worker is told. */
export interface ReportOrder {
  archivePath: string;
}

/** What it answers: the report as JSON in gzip, or why there is none. */
export type ReportAnswer = { report: Uint8Array } | { problem: string };

/** Looks into an archive, in a thread of its own: what it computes would hold up the push. */
export function makeReportInWorker(): void {
  const { archivePath } = workerData as ReportOrder;
  makeReport(archivePath)
    .then(
      (report): ReportAnswer => ({ report }),
      (error): ReportAnswer => ({ problem: String(error?.message ?? error) }),
    )
    .then(answer => parentPort!.postMessage(answer));
}

async function makeReport(path: string): Promise<Uint8Array> {
  const archive = await Archive.open(path);
  try {
    const checkpoint = new Checkpoint(archive);
    const report = await readReport(checkpoint);
    const forensics = await examine(checkpoint);
    return gzipSync(boundReport({ version: 1, report, forensics }));
  } finally {
    archive.close();
  }
}
