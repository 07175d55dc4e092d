import { Command, CommanderError } from 'commander';
import { CommandContext } from './commands/CommandContext';
import { buildCommand } from './commands/build';
import { cancelCommand } from './commands/cancel';
import { loginCommand } from './commands/login';
import { logsCommand } from './commands/logs';
import { migrateCommand } from './commands/migrate';
import { migrationsCommand } from './commands/migrations';
import { planCommand } from './commands/plan';
import { podsCommand } from './commands/pods';
import { restoreCommand } from './commands/restore';
import { retryCommand } from './commands/retry';
import { statusCommand } from './commands/status';
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
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  const program = createProgram({ terminal, environment, finish });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    terminal.clearProgress();
    terminal.error(describeError(error));
    return exitCode === exitCodes.ok ? exitCodes.failure : exitCode;
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('cubemig')
    .description(
      'Migrates running pods between clusters, and looks into container checkpoints of CRI-O, containerd and podman: what ran, what it held open, what is wrong.',
    )
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('  Add --help to see what can be given.')
    .configureOutput({
      writeOut: text => terminal.write(text),
      writeErr: text => terminal.writeError(text),
    })
    .addHelpText(
      'after',
      `
Start here:
  cubemig login http://localhost:7007 --guest  keep where it is and who you are
  cubemig pods                                 what runs where
  cubemig plan counter                         what a migration would do
  cubemig migrate counter                      move it, memory and all

With a checkpoint at hand:
  cubemig show checkpoint.tar                 one line about each checkpoint
  cubemig inspect --all checkpoint.tar        everything inside, as a tree
  cubemig findings checkpoint.tar             what looks like an attack, and why
  cubemig diff before.tar after.tar           what appeared, changed, vanished
  cubemig memparse --pid 1 -s password x.tar  search a process's memory

Archives may be plain, gzip or zstd. Passwords, tokens and keys are shown as ******; --show-secrets shows them.`,
    );
  for (const command of [
    showCommand(context),
    inspectCommand(context),
    findingsCommand(context),
    diffCommand(context),
    memparseCommand(context),
    listCommand(context),
    buildCommand(context),
    pushCommand(context),
    loginCommand(context),
    podsCommand(context),
    planCommand(context),
    migrateCommand(context),
    statusCommand(context),
    migrationsCommand(context),
    logsCommand(context),
    cancelCommand(context),
    retryCommand(context),
    restoreCommand(context),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function describeError(error: unknown): string {
  const { message, remedy } = error as Error & { remedy?: string };
  return remedy ? `${message}\n  ${remedy}` : message;
}
