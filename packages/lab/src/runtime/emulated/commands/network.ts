import type { CommandProcess } from './CommandProcess';
import type { CommandProgram } from './CommandProgram';
import type { Descriptor } from './Descriptor';
import { acceptSocket, connectSocket } from './sockets';

const STREAMS = [0, 1, 2];

/** `nc [-u] [-l] [-p port] [-e program] [host] [port]`, as netcat-traditional takes them. */
async function nc(process: CommandProcess, args: string[]): Promise<number> {
  const operands: string[] = [];
  const values: Record<string, string> = {};
  let flags = '';
  for (let at = 0; at < args.length; at++) {
    const letters = /^-(\w+)$/.exec(args[at])?.[1];
    if (!letters) {
      operands.push(args[at]);
    } else {
      flags += letters;
      const last = letters.at(-1)!;
      if ('pecwq'.includes(last)) {
        at += 1;
        values[last] = args[at] ?? '';
      }
    }
  }
  try {
    const socket = flags.includes('l')
      ? await acceptSocket(process, Number(values.p ?? operands.at(-1)))
      : await connectSocket(
          process,
          flags.includes('u') ? 'udp' : 'tcp',
          operands[0] ?? '',
          Number(operands[1]),
        );
    if (flags.includes('z')) {
      socket.close?.();
      return 0;
    }
    const command = values.e
      ? [values.e]
      : values.c && ['/bin/sh', '-c', values.c];
    return command
      ? await serveProgram(process, socket, command)
      : await exchange(process, socket);
  } catch (error) {
    return process.complain((error as Error).message);
  }
}

/** Puts the socket in place of the standard streams and executes a program. */
async function serveProgram(
  process: CommandProcess,
  socket: Descriptor,
  command: string[],
): Promise<number> {
  STREAMS.forEach(number => process.place(socket, number));
  try {
    return await process.host.execute(process, command);
  } finally {
    socket.close?.();
  }
}

async function exchange(
  process: CommandProcess,
  socket: Descriptor,
): Promise<number> {
  const send = async () => {
    const { input } = process;
    for (let b = await input.readSome(); b; b = await input.readSome()) {
      socket.write?.(b);
    }
  };
  const receive = async () => {
    const { source } = socket;
    for (let b = await source!.readSome(); b; b = await source!.readSome()) {
      process.say(b);
    }
  };
  // Who has nothing to say may still have something to hear: the peer ends it.
  send().catch(() => {});
  await receive();
  socket.close?.();
  return 0;
}

export const networkCommands: Record<string, CommandProgram> = { nc, ncat: nc };
