import { MemoryRun, ProcessMemory } from './ProcessMemory';

/**
 * What to look for: text as it stands, any of several, or a regular expression over memory where bytes that are no text
 * are `?`.
 */
export type MemoryPattern =
  | { text: string }
  | { anyOf: readonly string[] }
  | { regex: string };

export interface MemoryMatch {
  address: number;
  /** Bytes of the match itself. */
  length: number;
  /** The match itself. */
  found: string;
  /** The match with its context; bytes that are no printable ASCII are `?`. */
  text: string;
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
/** A match of a regular expression may be this long to be found whole where two chunks meet. */
const MAX_MATCH_BYTES = 64 * 1024;

/**
 * Finds a pattern in a process's memory, by rising address, in constant memory.
 *
 * @throws SyntaxError for an invalid regular expression
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
        yield {
          address: run.start + position,
          length,
          found: readWithContext(memory, run, position, length, 0),
          text: readWithContext(memory, run, position, length, context, redact),
        };
      }
      next = Math.max(next, Math.min(start + CHUNK_BYTES, run.bytes));
      searched += Math.min(CHUNK_BYTES, run.bytes - start);
      options.onProgress?.(searched);
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

interface Finder {
  /** Bytes to read beyond a chunk, so that a match that begins in it is whole. */
  overlap: number;
  all(
    window: Buffer,
    from: number,
  ): Iterable<{ index: number; length: number }>;
}

function finderOf(pattern: MemoryPattern): Finder {
  if ('regex' in pattern) {
    return regexFinder(pattern.regex);
  }
  return textFinder('anyOf' in pattern ? pattern.anyOf : [pattern.text]);
}

function textFinder(texts: readonly string[]): Finder {
  const needles = texts.map(text => Buffer.from(text)).filter(n => n.length);
  return {
    overlap: Math.max(0, ...needles.map(needle => needle.length)),
    *all(window, from) {
      // Where each text comes next; the nearest is given, and the others found again where they overlap it.
      let next = Math.max(0, from);
      const ahead = needles.map(needle => window.indexOf(needle, next));
      for (;;) {
        const found = ahead.filter(index => index >= 0);
        if (found.length === 0) {
          return;
        }
        const index = Math.min(...found);
        const { length } = needles[ahead.indexOf(index)];
        yield { index, length };
        next = index + length;
        for (const [i, position] of ahead.entries()) {
          if (position >= 0 && position < next) {
            ahead[i] = window.indexOf(needles[i], next);
          }
        }
      }
    },
  };
}

function regexFinder(source: string): Finder {
  const regex = new RegExp(source, 'g');
  return {
    overlap: MAX_MATCH_BYTES,
    *all(window, from) {
      const text = toPrintable(window);
      regex.lastIndex = Math.max(0, from);
      for (let match = regex.exec(text); match; match = regex.exec(text)) {
        if (match[0].length > 0) {
          const next = regex.lastIndex;
          yield { index: match.index, length: match[0].length };
          regex.lastIndex = next;
        } else {
          regex.lastIndex += 1;
        }
      }
    },
  };
}

function readWithContext(
  memory: ProcessMemory,
  run: MemoryRun,
  position: number,
  length: number,
  context: number,
  redact?: MemorySearchOptions['redact'],
): string {
  const start = Math.max(0, position - context);
  const end = Math.min(run.bytes, position + length + context);
  return toPrintable(
    redact
      ? memory.readRedacted(run, start, end - start, redact)
      : memory.readRun(run, start, end - start),
  );
}

/** Printable ASCII as it is, every other byte as `?`. */
export function toPrintable(bytes: Buffer): string {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] < 0x20 || copy[i] >= 0x7f) {
      copy[i] = 0x3f;
    }
  }
  return copy.toString('latin1');
}
