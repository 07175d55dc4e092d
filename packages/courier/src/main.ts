import { CourierRequest, CourierResult } from '@cubemig/plugin-cubemig-common';
import { isMainThread } from 'node:worker_threads';
import { explain } from './explain';
import { NodeFiles } from './NodeFiles';
import { encodeResult } from './output/encodeResult';
import { Redactor } from './output/Redactor';
import { BadRequest, readRequest } from './readRequest';
import { makeReportInWorker } from './report/makeReportInWorker';
import { Outcome, runTask } from './runTask';

const exitCodes = { done: 0, failed: 1, badRequest: 2 };

async function main(): Promise<number> {
  const files = new NodeFiles(process.env.COURIER_ROOT ?? '');
  const redactor = new Redactor();
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)));
  }
  // Whoever reads the log may go away: that is no reason to leave an archive behind.
  process.stdout.on('error', () => undefined);

  let request: CourierRequest | undefined;
  let outcome: Outcome;
  let exitCode: number;
  try {
    request = readRequest(process.env);
    outcome = await runTask(request, {
      env: process.env,
      files,
      redactor,
      writeLine: line => process.stdout.write(line),
      stop: stop.signal,
    });
    exitCode = outcome.failure ? exitCodes.failed : exitCodes.done;
  } catch (error) {
    const isBad = error instanceof BadRequest;
    const cause = stop.signal.aborted ? stop.signal.reason : error;
    const message = redactor.redact(explain(cause)).slice(0, 1500);
    outcome = { failure: { message } };
    exitCode = isBad ? exitCodes.badRequest : exitCodes.failed;
  }
  const result: CourierResult = {
    version: 1,
    migration: request?.migration ?? '',
    checkpoints: [],
    ...outcome,
  };
  await files.writeTerminationMessage(encodeResult(result)).catch(() => {
    // Without a termination log, the log's last line and the exit code must do.
    process.stderr.write(`${encodeResult(result)}\n`);
  });
  return exitCode;
}

// The one file that the courier is, is the program of its worker too.
if (isMainThread) {
  // Standard output is a pipe or a file here, which Node writes synchronously on Linux: nothing is lost by leaving at once.
  main().then(
    exitCode => process.exit(exitCode),
    error => {
      process.stderr.write(`${error}\n`);
      process.exit(exitCodes.failed);
    },
  );
} else {
  makeReportInWorker();
}
