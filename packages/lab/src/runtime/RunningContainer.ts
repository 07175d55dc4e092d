/** What runs in a container: emulated processes, real ones, or a program of this machine. */
export interface RunningContainer {
  start(): Promise<void>;
  /** SIGTERM to the first process. */
  terminate(): void;
  /** SIGKILL to all. */
  kill(): void;
  /** Calls back once, when the first process has ended. */
  onExit(listener: (exitCode: number) => void): void;
  /** Lets go of what it holds beside its processes, such as its log. More than once does no harm. */
  close(): Promise<void>;
}
