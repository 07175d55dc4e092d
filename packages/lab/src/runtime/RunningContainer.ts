import type { SeenCall } from './events/SystemEvent';

/** A command's end of the streams that a client holds the other end of. */
export interface CommandStreams {
  /** Absent where the client sends nothing. */
  input?: AsyncIterable<Buffer>;
  output(bytes: Buffer | string): void;
  error(bytes: Buffer | string): void;
  /** The client has a terminal, and wants the command to have one (`kubectl exec -t`). */
  hasTerminal?: boolean;
  /** Aborted when the client is gone. */
  signal?: AbortSignal;
}

/** What runs in a container: emulated processes, real ones, or a program of this machine. */
export interface RunningContainer {
  start(): Promise<void>;
  /** SIGTERM to the first process. */
  terminate(): void;
  /** SIGKILL to all. */
  kill(): void;
  /** Calls back once, when the first process has ended. */
  onExit(listener: (exitCode: number) => void): void;
  /** Runs a command beside what runs there; resolves with its exit code. Absent where that cannot be done. */
  runCommand?(argv: string[], streams: CommandStreams): Promise<number>;
  /** Calls back at what its processes do, as far as it can be seen. */
  onSystemCall?(listener: (seen: SeenCall) => void): void;
  /** Lets go of what it holds beside its processes, such as its log. More than once does no harm. */
  close(): Promise<void>;
}
