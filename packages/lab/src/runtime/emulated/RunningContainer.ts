import type { ContainerLog } from '../log/ContainerLog';

/** What runs in a container: emulated processes, or a program of this machine. */
export interface RunningContainer {
  readonly log: ContainerLog;
  start(): Promise<void>;
  /** SIGTERM to the first process. */
  terminate(): void;
  /** SIGKILL to all. */
  kill(): void;
  /** Calls back once, when the first process has ended. */
  onExit(listener: (exitCode: number) => void): void;
}
