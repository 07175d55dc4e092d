import { Context, createContext, Script } from 'node:vm';
import { toPrintable } from './toPrintable';

/**
 * What to look for: text or bytes as they stand, any of several texts, or a regular expression over memory where bytes that are no text
 * are `?`; with `timeoutMs` it may take that long for each chunk of memory.
 */
export type MemoryPattern =
  | { text: string }
  | { anyOf: readonly string[] }
  | { bytes: Buffer }
  | { regex: string; timeoutMs?: number };

/** A match of a regular expression may be this long to be found whole where two chunks meet. */
const MAX_MATCH_BYTES = 64 * 1024;

export interface Finder {
  /** Bytes to read beyond a chunk, so that a match that begins in it is whole. */
  overlap: number;
  all(
    window: Buffer,
    from: number,
  ): Iterable<{ index: number; length: number }>;
}

/** @throws SyntaxError for an invalid regular expression */
export function finderOf(pattern: MemoryPattern): Finder {
  if ('regex' in pattern) {
    return pattern.timeoutMs === undefined
      ? regexFinder(pattern.regex)
      : timedRegexFinder(pattern.regex, pattern.timeoutMs);
  }
  if ('bytes' in pattern) {
    return bytesFinder([pattern.bytes]);
  }
  const texts = 'anyOf' in pattern ? pattern.anyOf : [pattern.text];
  return bytesFinder(texts.map(text => Buffer.from(text)));
}

function bytesFinder(wanted: readonly Buffer[]): Finder {
  const needles = wanted.filter(needle => needle.length > 0);
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

/** A chunk with more matches than this is no chunk that anyone reads to its end. */
const MAX_TIMED_MATCHES = 10_000;

/**
 * The same for an expression that may be hostile: one such as `(a+)+b` takes longer than anyone lives, and only a context of its own can be
 * stopped in the middle.
 */
function timedRegexFinder(source: string, timeout: number): Finder {
  const regex = new RegExp(source, 'g');
  const context = createContext({ regex, text: '', from: 0 });
  const search = new Script(`{
    const found = [];
    regex.lastIndex = from;
    for (let match = regex.exec(text); match; match = regex.exec(text)) {
      if (match[0].length > 0) found.push([match.index, match[0].length]);
      else regex.lastIndex += 1;
      if (found.length >= ${MAX_TIMED_MATCHES}) break;
    }
    found;
  }`);
  return {
    overlap: MAX_MATCH_BYTES,
    *all(window, from) {
      context.text = toPrintable(window);
      context.from = Math.max(0, from);
      for (const [index, length] of run(search, context, timeout)) {
        yield { index, length };
      }
    },
  };
}

function run(script: Script, context: Context, timeout: number) {
  try {
    return script.runInContext(context, { timeout }) as [number, number][];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
      ? new RangeError('the regular expression takes too long')
      : error;
  }
}
