import { finderOf, MemoryPattern } from './finders';
import { ProcessMemory } from './ProcessMemory';
import { toPrintable } from './toPrintable';

export interface MemoryMatch {
  address: number;
  /** Bytes of the match itself. */
  length: number;
  /** The match itself. */
  found: string;
  /** The match with its context; bytes that are no printable ASCII are `?`. */
  text: string;
  /** The same as bytes, of which the match's first is at `offset`. Good until the next match. */
  bytes: Buffer;
  offset: number;
}

export interface MemorySearchOptions {
  /** Bytes to show on either side of a match. */
  context?: number;
  /** Changes bytes before they are shown; see `SecretMask.bytes`. What is found does not depend on it. */
  redact?: (bytes: Buffer) => Buffer;
  /** Told how many bytes were searched so far. */
  onProgress?: (bytes: number) => void;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Finds a pattern in a process's memory, by rising address, in constant memory.
 *
 * @throws SyntaxError for an invalid regular expression, RangeError for one that takes longer than it may
 */
export async function* searchMemory(
  memory: ProcessMemory,
  pattern: MemoryPattern,
  options: MemorySearchOptions = {},
): AsyncGenerator<MemoryMatch> {
  const find = finderOf(pattern);
  const { context = 0, redact } = options;
  let searched = 0;
  for (const run of memory.runs) {
    // Where the next match may start: matches do not overlap, and none is told twice.
    let next = 0;
    for (let start = 0; start < run.bytes; start += CHUNK_BYTES) {
      const from = Math.max(0, Math.min(start, next));
      const window = memory.readRun(
        run,
        from,
        start - from + CHUNK_BYTES + find.overlap,
      );
      const isLast = from + window.length >= run.bytes;
      const acceptBefore = isLast ? Infinity : start + CHUNK_BYTES;
      for (const { index, length } of find.all(window, next - from)) {
        const position = from + index;
        if (position >= acceptBefore) {
          break;
        }
        next = position + length;
        const found = toPrintable(memory.readRun(run, position, length));
        const shownFrom = Math.max(0, position - context);
        const shownBytes = position - shownFrom + length + context;
        const bytes = redact
          ? memory.readRedacted(run, shownFrom, shownBytes, redact)
          : memory.readRun(run, shownFrom, shownBytes);
        yield {
          address: run.start + position,
          length,
          found,
          text: toPrintable(bytes),
          bytes,
          offset: position - shownFrom,
        };
      }
      next = Math.max(next, Math.min(start + CHUNK_BYTES, run.bytes));
      searched += Math.min(CHUNK_BYTES, run.bytes - start);
      options.onProgress?.(searched);
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}
