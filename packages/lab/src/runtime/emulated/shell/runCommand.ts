import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { RuntimeError } from '../../ContainerRuntime';
import type { CommandStreams } from '../../RunningContainer';
import { COMMANDS, type Outcome } from './commands';
import { parseScript, type Command, type Word } from './parseScript';
import type { ShellSystem } from './ShellSystem';

const NOT_FOUND = 127;
const SHELLS = ['sh', 'bash', 'ash'];

/** Runs a command in an emulated container, as `kubectl exec` asks for it; resolves with its exit code. */
export async function runCommand(
  system: ShellSystem,
  argv: string[],
  streams: CommandStreams,
): Promise<number> {
  const [command, ...args] = argv;
  const name = posix.basename(command);
  if (SHELLS.includes(name)) {
    const at = args.indexOf('-c');
    return at < 0
      ? runLines(system, streams)
      : runScript(system, args[at + 1] ?? '', streams);
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new RuntimeError(
      `exec failed: executable file \`${command}\` not found in $PATH: No such file or directory (the lab has: ${[
        'sh',
        ...Object.keys(COMMANDS),
      ].join(', ')})`,
    );
  }
  const outcome = await COMMANDS[name](system, args, () =>
    readAll(streams.input),
  );
  return tell(outcome, streams);
}

/** A shell that is told what to do line by line. */
async function runLines(
  system: ShellSystem,
  streams: CommandStreams,
): Promise<number> {
  let exitCode = 0;
  let rest = '';
  for await (const bytes of streams.input ?? []) {
    const lines = (rest + bytes.toString()).split(/\r\n|\r|\n/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.trim() === 'exit') {
        return exitCode;
      }
      exitCode = await runScript(system, line, streams);
    }
  }
  return rest ? runScript(system, rest, streams) : exitCode;
}

async function runScript(
  system: ShellSystem,
  script: string,
  streams: CommandStreams,
): Promise<number> {
  let exitCode = 0;
  try {
    for (const { when, commands } of parseScript(script)) {
      const isDue =
        when === 'always' || (when === 'succeeded') === (exitCode === 0);
      if (isDue) {
        exitCode = await runPipeline(system, commands, streams);
      }
    }
  } catch (error) {
    return tell(
      { error: `sh: ${(error as Error).message}\n`, exitCode: 2 },
      streams,
    );
  }
  return exitCode;
}

async function runPipeline(
  system: ShellSystem,
  commands: Command[],
  streams: CommandStreams,
): Promise<number> {
  let input = () => readAll(streams.input);
  let exitCode = 0;
  for (const [index, { words, redirect }] of commands.entries()) {
    const [name, ...args] = words.map(word => expand(word, system));
    const program = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    const { output = '', ...rest }: Outcome = program
      ? await program(system, args, input)
      : { error: `sh: ${name}: not found\n`, exitCode: NOT_FOUND };
    exitCode = tell(rest, streams);
    if (redirect) {
      const path = posix.resolve(
        system.workingDirectory,
        expand(redirect.to, system),
      );
      const before = redirect.appends ? system.files.read(path) : undefined;
      system.files.write(
        path,
        Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(output)]),
      );
    } else if (index < commands.length - 1) {
      input = async () => Buffer.from(output);
    } else {
      tell({ output }, streams);
    }
  }
  return exitCode;
}

function expand(word: Word, { environment }: ShellSystem): string {
  const valueOf = (name: string) =>
    environment
      .find(variable => variable.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? '';
  return word
    .map(({ text, isLiteral }) =>
      isLiteral
        ? text
        : text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_all, braced, plain) =>
            valueOf(braced ?? plain),
          ),
    )
    .join('');
}

function tell(
  { output, error, exitCode = 0 }: Outcome,
  streams: CommandStreams,
): number {
  if (output?.length) {
    streams.output(output);
  }
  if (error) {
    streams.error(error);
  }
  return exitCode;
}

async function readAll(
  input: AsyncIterable<Buffer> | undefined,
): Promise<Buffer> {
  return input ? buffer(Readable.from(input)) : Buffer.alloc(0);
}
