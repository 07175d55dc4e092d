import { RuntimeError } from '../../ContainerRuntime';
import { FIRST_TERMINAL } from '../../events/SystemEvent';
import type { CommandStreams } from '../../RunningContainer';
import type { CommandHost } from '../commands/CommandHost';
import { CommandProcess, SystemError } from '../commands/CommandProcess';
import { Source } from '../commands/Descriptor';
import { converse } from './terminal';

/** 128 and SIGKILL's number. */
const KILLED = 137;

/** Runs a command in an emulated container, as `kubectl exec` asks for it; resolves with its exit code. */
export async function startCommand(
  host: CommandHost,
  options: { environment: string[]; workingDirectory: string },
  argv: string[],
  streams: CommandStreams,
): Promise<number> {
  const environment = options.environment.map((variable): [string, string] => {
    const separator = variable.indexOf('=');
    return [variable.slice(0, separator), variable.slice(separator + 1)];
  });
  const process = new CommandProcess(host, {
    environment: new Map(environment),
    workingDirectory: options.workingDirectory,
  });
  const { input, output, error } = streams.hasTerminal
    ? converse(streams)
    : streams;
  process.terminal = streams.hasTerminal ? FIRST_TERMINAL : 0;
  const source = new Source();
  process.descriptors.set(0, { source });
  process.descriptors.set(1, { write: output });
  process.descriptors.set(2, { write: streams.hasTerminal ? output : error });
  feed(source, input);
  const killAll = () => {
    [...host.commands.values()]
      .filter(({ leader }) => leader === process)
      .forEach(command => command.kill());
    source.end();
  };
  streams.signal?.addEventListener('abort', killAll);
  try {
    const exitCode = await host.execute(process, argv);
    return process.isKilled ? KILLED : exitCode;
  } catch (problem) {
    if (problem instanceof SystemError) {
      throw new RuntimeError(
        `exec failed: executable file \`${argv[0]}\` not found in $PATH: No such file or directory`,
      );
    }
    throw problem;
  } finally {
    streams.signal?.removeEventListener('abort', killAll);
    process.exit();
  }
}

async function feed(
  source: Source,
  input: CommandStreams['input'],
): Promise<void> {
  try {
    for await (const bytes of input ?? []) {
      source.push(bytes);
    }
  } finally {
    source.end();
  }
}
