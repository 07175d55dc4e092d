import { Checkpoint, SecretMask } from '@cubemig/checkpoint';
import {
  COURIER_LINE_MAX_BYTES,
  DiffFilesTask,
} from '@cubemig/plugin-cubemig-common';
import { openRegistry } from '../openRegistry';
import { RecordLog } from '../output/RecordLog';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';
import { ChangedFiles } from './ChangedFiles';
import { compareFiles, FileDifference } from './compareFiles';
import { openStoredCheckpoint, StoredCheckpoint } from './openStoredCheckpoint';

/** The task `diff-files`. */
export async function diffFiles(
  request: DiffFilesTask,
  surroundings: Surroundings,
): Promise<Outcome> {
  const registry = await openRegistry(request.registry, surroundings);
  const log = new RecordLog(surroundings.writeLine, request.maxFiles);
  const opened: Checkpoint[] = [];
  const open = async (stored: Omit<StoredCheckpoint, 'registry'>) => {
    const checkpoint = await openStoredCheckpoint(
      { registry, ...stored },
      surroundings,
      // The memory is not looked at, and is nearly all of it.
      name => !name.startsWith('checkpoint/'),
    );
    opened.push(checkpoint);
    const files = await ChangedFiles.open(checkpoint, request.path ?? '/');
    return { files, environment: checkpoint.spec.environment };
  };
  try {
    const { repository } = request.registry;
    const after = await open({ repository, digest: request.digest });
    const before = request.before && (await open(request.before));
    const mask = SecretMask.of([
      after.environment,
      ...(before ? [before.environment] : []),
    ]);
    const hide = (text: string) =>
      request.secrets === 'masked' ? mask.text(text) : text;
    const found = compareFiles(after.files, before?.files, hide);
    for await (const difference of found) {
      surroundings.stop.throwIfAborted();
      if (!writeFitting(difference, log)) break;
    }
    after.files.close();
    before?.files.close();
    return { records: log.summary };
  } finally {
    for (const { archive } of opened) archive.close();
    await registry.close();
  }
}

/** Room in a line for what is beside the path and the diff. */
const MARGIN_BYTES = 1024;

/** A line may be so long and no longer; JSON may make one of a text that is half as long. */
function writeFitting(difference: FileDifference, log: RecordLog): boolean {
  const { diff = '', ...rest } = difference;
  const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text));
  const room = COURIER_LINE_MAX_BYTES - MARGIN_BYTES - bytesOf(rest.path);
  let shown = diff;
  while (bytesOf(shown) > room) {
    const end = shown.lastIndexOf('\n', (shown.length * 3) / 4);
    shown = shown.slice(0, Math.max(0, end));
  }
  return log.write({
    type: 'file',
    ...rest,
    ...(difference.diff !== undefined && { diff: shown }),
    ...(shown !== diff && { isCut: true as const }),
  });
}
