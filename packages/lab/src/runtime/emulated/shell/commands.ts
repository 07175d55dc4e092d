import { posix } from 'node:path';
import { listProcessFolder, readProcessFile } from './processFiles';
import type { ShellSystem } from './ShellSystem';

/** What a command leaves behind. */
export interface Outcome {
  output?: string | Buffer;
  error?: string;
  exitCode?: number;
}

type CommandProgram = (
  system: ShellSystem,
  args: string[],
  input: () => Promise<Buffer>,
) => Outcome | Promise<Outcome>;

const lines = (values: string[]) => values.map(value => `${value}\n`).join('');

/** The commands that can be run beside an emulated container's program. */
export const COMMANDS: Record<string, CommandProgram> = {
  true: () => ({}),
  false: () => ({ exitCode: 1 }),
  echo: (_system, args) =>
    args[0] === '-n'
      ? { output: args.slice(1).join(' ') }
      : { output: `${args.join(' ')}\n` },
  pwd: ({ workingDirectory }) => ({ output: `${workingDirectory}\n` }),
  hostname: ({ hostname }) => ({ output: `${hostname}\n` }),
  id: () => ({ output: 'uid=0(root) gid=0(root)\n' }),
  env: ({ environment }) => ({ output: lines(environment) }),
  cat,
  ls,
  ps,
  head: async (system, args, input) => {
    const [count, files] =
      args[0] === '-n' ? [Number(args[1]), args.slice(2)] : [10, args];
    const { output = '', ...rest } = await cat(system, files, input);
    const text = output.toString().split('\n').slice(0, count).join('\n');
    return { ...rest, output: text && `${text}\n` };
  },
};

async function cat(
  system: ShellSystem,
  args: string[],
  input: () => Promise<Buffer>,
): Promise<Outcome> {
  if (args.length === 0) {
    return { output: await input() };
  }
  const outputs: Buffer[] = [];
  let error = '';
  for (const path of args) {
    const content = readFile(system, path);
    if (content) {
      outputs.push(content);
    } else {
      error += `cat: ${path}: ${
        listFolder(system, path)
          ? 'Is a directory'
          : 'No such file or directory'
      }\n`;
    }
  }
  return {
    output: Buffer.concat(outputs),
    ...(error ? { error, exitCode: 1 } : {}),
  };
}

function ls(system: ShellSystem, args: string[]): Outcome {
  const paths = args.filter(arg => !arg.startsWith('-'));
  let [output, error] = ['', ''];
  for (const path of paths.length ? paths : ['.']) {
    const names = listFolder(system, path);
    if (names) {
      output += (paths.length > 1 ? `${path}:\n` : '') + lines(names);
    } else if (readFile(system, path)) {
      output += `${path}\n`;
    } else {
      error += `ls: cannot access '${path}': No such file or directory\n`;
    }
  }
  return { output, ...(error ? { error, exitCode: 2 } : {}) };
}

function ps({ processes }: ShellSystem): Outcome {
  const rows = processes().map(
    process =>
      `${String(process.pid).padStart(7)} ${String(
        process.parts.parentPid,
      ).padStart(7)} ${process.argv().join(' ')}`,
  );
  return { output: lines(['    PID    PPID COMMAND', ...rows]) };
}

function readFile(system: ShellSystem, path: string): Buffer | undefined {
  const absolute = posix.resolve(system.workingDirectory, path);
  return readProcessFile(system, absolute) ?? system.files.read(absolute);
}

function listFolder(system: ShellSystem, path: string): string[] | undefined {
  const absolute = posix.resolve(system.workingDirectory, path);
  return listProcessFolder(system, absolute) ?? system.files.list(absolute);
}
