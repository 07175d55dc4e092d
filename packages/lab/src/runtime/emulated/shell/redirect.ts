import { CommandProcess, SystemError } from '../commands/CommandProcess';
import { Descriptor, Source } from '../commands/Descriptor';
import { connectSocket } from '../commands/sockets';
import type { Redirection } from './parseScript';

/** What bash connects to instead of opening a file. */
const NETWORK_FILE = /^\/dev\/(tcp|udp)\/([^/]+)\/(\d+)$/;

/** A redirection with its target as text. */
export type Target = Omit<Redirection, 'to'> & { target: string };

/**
 * Applies a redirection to a process, as the shell does in the child before it executes a command. Throws an Error that says what
 * the shell would. Returns what it opened, for its caller to close.
 */
export async function redirect(
  process: CommandProcess,
  { operator, descriptor, target }: Target,
): Promise<Descriptor | undefined> {
  const number = descriptor ?? (operator.startsWith('<') ? 0 : 1);
  if (operator === '<<<') {
    process.place({ source: Source.of(Buffer.from(`${target}\n`)) }, number);
    return undefined;
  }
  if (/^[<>]&$/.test(operator) && /^(\d|-)$/.test(target)) {
    duplicate(process, number, target);
    return undefined;
  }
  const opened = await open(process, operator, target);
  process.place(opened, number);
  // `&> file` and `>& file` are for the standard error too (bash).
  const isForBoth = operator === '>&' && descriptor === undefined;
  if (operator.startsWith('&>') || isForBoth) {
    process.place(opened, 2);
  }
  return opened;
}

function duplicate(
  process: CommandProcess,
  number: number,
  target: string,
): void {
  if (target === '-') {
    process.descriptors.delete(number);
    return;
  }
  const source = process.descriptors.get(Number(target));
  if (!source) {
    throw new SystemError(`${target}: Bad file descriptor`);
  }
  process.place(source, number);
}

async function open(
  process: CommandProcess,
  operator: string,
  target: string,
): Promise<Descriptor> {
  const [, protocol, host, port] = NETWORK_FILE.exec(target) ?? [];
  try {
    if (protocol) {
      return await connectSocket(
        process,
        protocol as 'tcp' | 'udp',
        host,
        Number(port),
      );
    }
    if (operator === '<' || operator === '<>') {
      return process.open(target, 'read');
    }
    return process.open(target, operator.endsWith('>>') ? 'append' : 'write');
  } catch (error) {
    throw new SystemError(`${target}: ${(error as Error).message}`);
  }
}
