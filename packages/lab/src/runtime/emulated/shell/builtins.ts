import type { CommandProgram } from '../commands/CommandProgram';
import { COMMANDS } from '../commands/commands';
import { Exit } from './Exit';
import type { Shell } from './Shell';

type Builtin = (shell: Shell, args: string[]) => ReturnType<CommandProgram>;

/** These are files too, but a shell does not execute them. */
const OWN = ['echo', 'printf', 'pwd', 'test', '[', 'true', 'false', 'kill'];
const NOTHING: Builtin = () => 0;

/** What a shell does itself, without a process. */
export const BUILTINS: Record<string, Builtin> = {
  ...Object.fromEntries(
    OWN.map((name): [string, Builtin] => [
      name,
      ({ process }, args) => COMMANDS[name](process, args),
    ]),
  ),
  ':': NOTHING,
  set: NOTHING,
  trap: NOTHING,
  umask: NOTHING,
  ulimit: NOTHING,
  history: NOTHING,
  cd({ process }, [folder = '~']) {
    const path = process.resolve(
      folder === '~' ? process.environment.get('HOME') ?? '/root' : folder,
    );
    if (!process.host.files.isFolder(path)) {
      return process.complain(`cd: can't cd to ${folder}`);
    }
    process.workingDirectory = path;
    process.environment.set('PWD', path);
    return 0;
  },
  exit(shell, [code]) {
    throw new Exit(code === undefined ? shell.lastExitCode : Number(code));
  },
  export({ process }, args) {
    for (const arg of args.filter(text => text.includes('='))) {
      const separator = arg.indexOf('=');
      process.environment.set(
        arg.slice(0, separator),
        arg.slice(separator + 1),
      );
    }
    return 0;
  },
  unset({ process }, args) {
    args.forEach(name => process.environment.delete(name));
    return 0;
  },
  eval: (shell, args) => shell.runText(args.join(' ')),
  async exec({ process }, args) {
    throw new Exit(await process.host.execute(process, args));
  },
  '.': source,
  source,
  async wait({ background }) {
    await Promise.all(background);
    return 0;
  },
  async read({ process }, names) {
    const line = await process.input.readLine();
    const words = (line ?? '').split(/\s+/);
    const variables = names.filter(name => !name.startsWith('-'));
    variables.forEach((name, index) => {
      const isLast = index === variables.length - 1;
      process.environment.set(
        name,
        isLast ? words.slice(index).join(' ') : words[index] ?? '',
      );
    });
    return line === undefined ? 1 : 0;
  },
  shift(shell) {
    const [name, , ...rest] = shell.parameters;
    shell.parameters = [name, ...rest];
    return 0;
  },
  command(shell, args) {
    const [option, name] = args;
    return option === '-v'
      ? COMMANDS.which(shell.process, [name])
      : shell.process.host.execute(shell.process.fork(), args);
  },
};

function source(shell: Shell, [path]: string[]): number | Promise<number> {
  const script = shell.process.host.files.read(shell.process.resolve(path));
  return script
    ? shell.runText(script.toString())
    : shell.process.complain(`${path}: No such file or directory`);
}
