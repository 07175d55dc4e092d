import { Terminal } from '../output/Terminal';

/** What every command is given. */
export interface CommandContext {
  terminal: Terminal;
  environment: NodeJS.ProcessEnv;
  /** Sets the exit code, 0 unless called. */
  finish: (exitCode: number) => void;
}
