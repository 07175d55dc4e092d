import { Command, CommanderError } from 'commander';
import { buildCommand } from './commands/build';
import { diffCommand } from './commands/diff';
import { exitCodes } from './exitCodes';
import { findingsCommand } from './commands/findings';
import { inspectCommand } from './commands/inspect';
import { listCommand } from './commands/list';
import { memparseCommand } from './commands/memparse';
import { pushCommand } from './commands/push';
import { showCommand } from './commands/show';
import { Terminal } from './output/Terminal';

/** Runs a command line and tells the exit code. */
export async function main(
  args: string[],
  terminal: Terminal = Terminal.ofProcess(),
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  const program = createProgram(terminal, finish);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    terminal.clearProgress();
    terminal.error(describeError(error));
    return exitCodes.failure;
  }
}

function createProgram(
  terminal: Terminal,
  finish: (code: number) => void,
): Command {
  const program = new Command('cubemig')
    .description(
      'Looks into container checkpoints of CRI-O, containerd and podman: what ran, what it held open, what is wrong.',
    )
    .version('0.1.0')
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.write(text),
      writeErr: text => terminal.writeError(text),
    })
    .addHelpText(
      'after',
      `
Start here:
  cubemig show checkpoint.tar                 one line about each checkpoint
  cubemig inspect --all checkpoint.tar        everything inside, as a tree
  cubemig findings checkpoint.tar             what looks like an attack, and why
  cubemig diff before.tar after.tar           what appeared, changed, vanished
  cubemig memparse --pid 1 -s password x.tar  search a process's memory

Archives may be plain, gzip or zstd. Passwords, tokens and keys are shown as ******; --show-secrets shows them.`,
    );
  const context = { terminal, finish };
  for (const command of [
    showCommand(context),
    inspectCommand(context),
    findingsCommand(context),
    diffCommand(context),
    memparseCommand(context),
    listCommand(context),
    buildCommand(context),
    pushCommand(context),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function describeError(error: unknown): string {
  const { message, remedy } = error as Error & { remedy?: string };
  return remedy ? `${message}\n  ${remedy}` : message;
}
