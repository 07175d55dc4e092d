import type { CommandProcess } from './CommandProcess';

/** What a command does; returns its exit code, nothing means 0. */
export type CommandProgram = (
  process: CommandProcess,
  args: string[],
) => number | void | Promise<number | void>;

/** Options of one letter (`-rf`) and the rest; `--` ends them. */
export function splitOptions(args: string[]): {
  has(letter: string): boolean;
  operands: string[];
} {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  const options = before.filter(arg => /^-[^-]/.test(arg));
  return {
    has: letter => options.some(option => option.includes(letter)),
    operands: [
      ...before.filter(arg => !arg.startsWith('-') || arg === '-'),
      ...(end < 0 ? [] : args.slice(end + 1)),
    ],
  };
}

/** Does something with each operand; what goes wrong is said, and the exit code is 1. */
export async function forEach(
  process: CommandProcess,
  operands: string[],
  action: (operand: string) => void | Promise<void>,
): Promise<number> {
  let exitCode = 0;
  for (const operand of operands) {
    try {
      await action(operand);
    } catch (error) {
      exitCode = process.complain(`${operand}: ${(error as Error).message}`);
    }
  }
  return exitCode;
}
