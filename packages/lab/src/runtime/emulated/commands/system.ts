import { posix } from 'node:path';
import type { CommandProcess } from './CommandProcess';
import type { CommandProgram } from './CommandProgram';

const lines = (values: string[]) => values.map(value => `${value}\n`).join('');

/** The container's programs, and the commands beside them. */
function ps(process: CommandProcess): void {
  const { host } = process;
  const rows = [
    ...host.programs().map(program => ({
      pid: program.pid,
      parentPid: program.parts.parentPid,
      argv: program.argv(),
    })),
    ...[...host.commands.values()].map(({ pid, parent, argv }) => ({
      pid,
      parentPid: parent?.pid ?? 0,
      argv,
    })),
  ];
  const pad = (number: number) => String(number).padStart(7);
  process.say(
    lines([
      '    PID    PPID COMMAND',
      ...rows.map(
        ({ pid, parentPid, argv }) =>
          `${pad(pid)} ${pad(parentPid)} ${argv.join(' ')}`,
      ),
    ]),
  );
}

/** Any signal that is named ends the process; 0 only looks whether it is there. */
function kill(process: CommandProcess, args: string[]): number {
  const { host } = process;
  const isTest = args.includes('-0');
  let exitCode = 0;
  for (const pid of args.filter(arg => !arg.startsWith('-')).map(Number)) {
    const command = host.commands.get(pid);
    const program = host.programs().find(other => other.pid === pid);
    if (!command && !program) {
      exitCode = process.complain(`(${pid}) - No such process`);
    } else if (!isTest) {
      command?.kill();
      program?.terminate();
    }
  }
  return exitCode;
}

function test(process: CommandProcess, args: string[]): number {
  const words = args.at(-1) === ']' ? args.slice(0, -1) : args;
  if (words[0] === '!') {
    return Number(test(process, words.slice(1)) === 0);
  }
  const [left = '', operator, right] = words;
  if (words.length <= 1) {
    return Number(left === '');
  }
  if (words.length === 2) {
    const exists: Record<string, boolean> = {
      '-n': operator !== '',
      '-z': operator === '',
      '-d': process.list(operator) !== undefined,
      '-f': process.isFile(operator),
      '-s': process.isFile(operator),
      '-r': process.isFile(operator) || process.list(operator) !== undefined,
      '-x': process.isFile(operator),
      '-e': process.isFile(operator) || process.list(operator) !== undefined,
    };
    return Number(!exists[left]);
  }
  const compared: Record<string, boolean> = {
    '=': left === right,
    '==': left === right,
    '!=': left !== right,
    '-eq': Number(left) === Number(right),
    '-ne': Number(left) !== Number(right),
    '-lt': Number(left) < Number(right),
    '-le': Number(left) <= Number(right),
    '-gt': Number(left) > Number(right),
    '-ge': Number(left) >= Number(right),
  };
  return Number(!compared[operator]);
}

/** Runs a command in a child; options and variables before it are for this one. */
async function runChild(
  process: CommandProcess,
  argv: string[],
): Promise<number> {
  const child = process.fork();
  try {
    return await process.host.execute(child, argv);
  } catch (error) {
    process.complain(`${argv[0]}: ${(error as Error).message}`);
    return 127;
  } finally {
    child.exit();
  }
}

export const systemCommands: Record<string, CommandProgram> = {
  true: () => 0,
  false: () => 1,
  pwd: process => process.say(`${process.workingDirectory}\n`),
  hostname: process => process.say(`${process.host.hostname}\n`),
  id: process => process.say('uid=0(root) gid=0(root)\n'),
  whoami: process => process.say('root\n'),
  uname: (process, args) =>
    process.say(
      args.includes('-a')
        ? `Linux ${process.host.hostname} 6.12.0 #1 SMP x86_64 GNU/Linux\n`
        : 'Linux\n',
    ),
  date: process => process.say(`${new Date().toUTCString()}\n`),
  printenv: process => process.say(lines(process.variables())),
  ps,
  kill,
  test,
  '[': test,
  env(process, args) {
    const at = args.findIndex(arg => !arg.includes('='));
    const variables = args.slice(0, at < 0 ? args.length : at);
    variables.forEach(variable => {
      const [name, ...value] = variable.split('=');
      process.environment.set(name, value.join('='));
    });
    return at < 0
      ? process.say(lines(process.variables()))
      : runChild(process, args.slice(at));
  },
  nohup: (process, args) => runChild(process, args),
  setsid: (process, args) => runChild(process, args),
  timeout: (process, args) =>
    runChild(process, args.filter(arg => !arg.startsWith('-')).slice(1)),
  async xargs(process, args) {
    const words = (await process.input.readAll()).toString().split(/\s+/);
    return runChild(process, [...args, ...words.filter(Boolean)]);
  },
  which(process, names) {
    let exitCode = 0;
    for (const name of names) {
      const folders = process.environment.get('PATH')?.split(':') ?? [];
      const found = folders
        .map(folder => posix.join(folder, name))
        .find(path => process.isFile(path));
      process.say(found ? `${found}\n` : '');
      exitCode ||= found ? 0 : 1;
    }
    return exitCode;
  },
};
