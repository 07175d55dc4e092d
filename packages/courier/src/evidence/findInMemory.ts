import {
  Checkpoint,
  MemoryMatch,
  MemoryPattern,
  searchMemory,
  toPrintable,
} from '@cubemig/checkpoint';
import { SearchMemoryTask } from '@cubemig/plugin-cubemig-common';
import { RecordLog } from '../output/RecordLog';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';
import { withMemory } from './openStoredCheckpoint';

/** For four MiB of memory, which an honest expression needs milliseconds for. */
const REGEX_TIMEOUT_MS = 5000;
/** Of a match. */
const MAX_FOUND_BYTES = 1024;

/** The task `search-memory`. */
export async function findInMemory(
  request: SearchMemoryTask,
  surroundings: Surroundings,
): Promise<Outcome> {
  const log = new RecordLog(surroundings.writeLine, request.maxMatches);
  await withMemory(request, surroundings, checkpoint =>
    search(checkpoint, request, log, surroundings.stop),
  );
  return { records: log.summary };
}

async function search(
  checkpoint: Checkpoint,
  request: SearchMemoryTask,
  log: RecordLog,
  stop: AbortSignal,
): Promise<void> {
  const mask = checkpoint.secretMask;
  const redact =
    request.secrets === 'masked'
      ? (bytes: Buffer) => mask.bytes(bytes)
      : undefined;
  const pattern = toPattern(request.pattern);
  const { context } = request;
  // Processes of a made-up checkpoint may all name the same pages: those are searched once.
  const files = new Set<string>();
  for (const { pid, command } of processesOf(checkpoint, request.pid)) {
    const memory = checkpoint.memoryOf(pid);
    if (files.has(memory.file)) continue;
    files.add(memory.file);
    const matches = searchMemory(memory, pattern, { context, redact });
    for await (const match of matches) {
      stop.throwIfAborted();
      const shown = show(match, context);
      const process = { pid, command: command.slice(0, 256) };
      if (!log.write({ type: 'match', ...process, ...shown })) return;
    }
  }
}

function processesOf(checkpoint: Checkpoint, pid: number | undefined) {
  return pid === undefined
    ? checkpoint.processes.filter(({ memory_size }) => memory_size > 0)
    : [checkpoint.processOf(pid)];
}

function toPattern(pattern: SearchMemoryTask['pattern']): MemoryPattern {
  if ('hex' in pattern) return { bytes: Buffer.from(pattern.hex, 'hex') };
  return 'regex' in pattern
    ? { ...pattern, timeoutMs: REGEX_TIMEOUT_MS }
    : pattern;
}

/** A match as bytes around it were redacted: a secret is hidden in the match too. */
function show(
  { address, length, bytes, offset }: MemoryMatch,
  context: number,
) {
  const end = offset + length;
  const before = bytes.subarray(0, offset);
  const found = bytes.subarray(offset, Math.min(end, offset + MAX_FOUND_BYTES));
  const after = bytes.subarray(end, end + context);
  return {
    address: `0x${address.toString(16)}`,
    length,
    before: toPrintable(before),
    found: toPrintable(found),
    after: toPrintable(after),
    hex: Buffer.concat([before, found, after]).toString('hex'),
  };
}
