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
    cmdline: args.toString('utf8').replaceAll('\0', ' '),
    argv: title === undefined ? splitArguments(args) : [title],
    title,
    environment: parseEnvironment(environment),
  };
}

function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function splitArguments(args: Buffer): string[] {
  const argv = args.toString('utf8').split('\0');
  // Behind the last argument's NUL; more of them where a shorter title was written over the arguments (redis).
  while (argv.length > 0 && argv[argv.length - 1] === '') {
    argv.pop();
  }
  return argv;
}

function parseEnvironment(bytes: Buffer): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const variable of bytes.toString('utf8').split('\0')) {
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
