import { Mm, toNumber } from '../criu';
import { ProcessMemory } from '../memory';

/** A process's arguments and environment, as they stand in its memory. */
export interface Arguments {
  /** The argument area as text, NUL bytes as spaces: what checkpointctl shows. */
  cmdline: string;
  argv: string[];
  /** Set if the program wrote another title over its arguments. */
  title?: string;
  environment: Record<string, string>;
  /** How much was read. */
  bytes: number;
}

/**
 * Reads arguments and environment.
 *
 * @throws RangeError if the process's own bookkeeping of where they lie makes no sense
 */
export function readArguments(
  memory: ProcessMemory,
  mm: Mm,
  maxBytes: number,
): Arguments {
  const area = (start: number, end: number, what: string) => {
    if (end < start || end - start > maxBytes) {
      throw new RangeError(
        `its ${what} cannot lie from 0x${start.toString(
          16,
        )} to 0x${end.toString(16)}`,
      );
    }
    return memory.read(start, end);
  };
  const argStart = toNumber(mm.mmArgStart);
  const argEnd = toNumber(mm.mmArgEnd);
  const envStart = toNumber(mm.mmEnvStart);
  const args = area(argStart, argEnd, 'arguments');
  let environment = area(envStart, toNumber(mm.mmEnvEnd), 'environment');
  const bytes = args.length + environment.length;

  // As the kernel does for /proc/PID/cmdline: arguments that do not end in NUL were written over by a title, which may
  // run on into the environment (nginx, sshd, postgres).
  let title: string | undefined;
  if (args.length > 0 && args[args.length - 1] !== 0) {
    const rest = argEnd === envStart ? untilNul(environment) : Buffer.alloc(0);
    title = untilNul(Buffer.concat([args, rest]))
      .toString('utf8')
      .trimEnd();
    environment = environment.subarray(rest.length);
  }
  return {
    cmdline: withBlanks(args),
    argv: title === undefined ? splitArguments(args) : [title],
    title,
    environment: parseEnvironment(environment),
    bytes,
  };
}

/** In the bytes: replacing millions of characters in a string takes seconds. */
function withBlanks(bytes: Buffer): string {
  return Buffer.from(bytes.map(byte => byte || 0x20)).toString('utf8');
}

function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Strings in the arguments, and variables in the environment; more than any real process has. */
const MAX_STRINGS = 10_000;

function splitArguments(args: Buffer): string[] {
  // Behind the last argument's NUL; more of them where a shorter title was written over the arguments (redis).
  let end = args.length;
  while (end > 0 && args[end - 1] === 0) {
    end -= 1;
  }
  return end > 0 ? splitStrings(args.subarray(0, end)) : [];
}

function splitStrings(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\0', MAX_STRINGS);
}

function parseEnvironment(bytes: Buffer): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const variable of splitStrings(bytes)) {
    const equals = variable.indexOf('=');
    if (equals > 0) {
      // Not by assignment: a variable may be called __proto__.
      Object.defineProperty(environment, variable.slice(0, equals), {
        value: variable.slice(equals + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return environment;
}
