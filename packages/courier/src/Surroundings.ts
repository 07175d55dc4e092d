import { NodeFiles } from './NodeFiles';
import { Redactor } from './output/Redactor';

/** What every task has around it. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  files: NodeFiles;
  redactor: Redactor;
  /** Writes a line of the log. */
  writeLine: (line: string) => void;
  /** Aborts when the courier is told to stop. */
  stop: AbortSignal;
}
