/** Where a command is run. */
export interface ContainerKey {
  cluster: string;
  namespace: string;
  pod: string;
  container: string;
}

export interface CommandResult {
  exitCode: number;
  /** What it printed, both streams together, cut at some length. */
  output: string;
}

/** Runs commands in containers. */
export interface PodShell {
  /**
   * Runs a command to its end, without input.
   *
   * @throws ProblemError if it cannot be run, or does not end while the signal lets it
   */
  run(
    key: ContainerKey,
    command: string[],
    signal: AbortSignal,
  ): Promise<CommandResult>;
}
