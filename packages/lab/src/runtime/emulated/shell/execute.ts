import { posix } from 'node:path';
import { findProgram } from '../../../programs/programs';
import { CommandProcess, SystemError } from '../commands/CommandProcess';
import { COMMANDS } from '../commands/commands';
import { findCommand, SHELLS } from '../commands/commandFiles';
import { Exit } from './Exit';
import { Shell } from './Shell';
import { SyntaxProblem } from './tokens';
import { parseScript } from './parseScript';

const SCRIPT = /^#!\s*(\S+)/;

/** execve(2), and all that follows from it; resolves with the exit code. Throws a SystemError if the file cannot be executed. */
export async function execute(
  process: CommandProcess,
  argv: string[],
): Promise<number> {
  const content = process.execve(argv);
  const [, ...args] = argv;
  if (findProgram(content)) {
    return process.host.runProgram(argv, process.variables());
  }
  const command = findCommand(content);
  if (command && SHELLS.includes(command)) {
    return Exit.codeOf(() => runShell(process, args));
  }
  if (command) {
    return (await COMMANDS[command](process, args)) ?? 0;
  }
  const [, interpreter] = SCRIPT.exec(content.toString()) ?? [];
  if (interpreter && SHELLS.includes(posix.basename(interpreter))) {
    const shell = new Shell(process, argv);
    return Exit.codeOf(() => shell.runText(content.toString()));
  }
  throw new SystemError('Exec format error');
}

/** `sh [-i] [-c script [name argument ...]] [file]`, or a script on its standard input. */
async function runShell(
  process: CommandProcess,
  args: string[],
): Promise<number> {
  const count = args.findIndex(arg => !/^[-+]\w/.test(arg));
  const options = args.slice(0, count < 0 ? args.length : count);
  const operands = args.slice(options.length);
  const has = (letter: string) =>
    options.some(option => !option.startsWith('--') && option.includes(letter));
  if (has('c')) {
    const [script = '', ...parameters] = operands;
    const shell = new Shell(
      process,
      parameters.length > 0 ? parameters : [process.argv[0]],
    );
    return shell.runText(script);
  }
  const shell = new Shell(process, [process.argv[0], ...operands.slice(1)]);
  if (operands.length > 0) {
    const file = process.open(operands[0], 'read');
    return shell.runText((await file.source!.readAll()).toString());
  }
  return runLines(shell, has('i') || process.terminal !== 0);
}

/** A shell that is told what to do line by line. */
async function runLines(shell: Shell, prompts: boolean): Promise<number> {
  const { process } = shell;
  const prompt = (text: string) =>
    prompts && process.descriptors.get(2)?.write?.(Buffer.from(text));
  let text = '';
  for (;;) {
    prompt(text ? '> ' : '# ');
    const line = await process.input.readLine();
    if (line === undefined || process.isKilled) {
      return shell.lastExitCode;
    }
    text += `${line}\n`;
    if (!isUnfinished(text)) {
      shell.lastExitCode = await shell.runText(text);
      text = '';
    }
  }
}

/** Whether a script may become right by what follows. */
function isUnfinished(text: string): boolean {
  try {
    parseScript(text);
    return false;
  } catch (error) {
    return (
      error instanceof SyntaxProblem &&
      /unterminated|is missing/.test(error.message)
    );
  }
}
