import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ReportAnswer, ReportOrder } from './makeReportInWorker';

/** Archives of some gigabytes take seconds; who takes longer is made to. */
const TIMEOUT_MS = 5 * 60_000;
/** A Job has 512 MiB; an archive that wants all of them for its report must not take the push down with it. */
const MAX_HEAP_MIB = 160;

/**
 * The forensic report of an archive, `checkpointReportSchema` as JSON in gzip. It is made while the archive is being sent, so that the disk
 * is read once.
 *
 * @throws Error where the archive is such that there can be none
 */
export async function makeReport(
  archivePath: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const worker = new Worker(__filename, {
    workerData: { archivePath } satisfies ReportOrder,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  try {
    const [answer] = (await once(worker, 'message', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })) as [ReportAnswer];
    if ('problem' in answer) throw new Error(answer.problem);
    return Buffer.from(answer.report);
  } finally {
    await worker.terminate();
  }
}
