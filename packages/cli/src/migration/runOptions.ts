import { Command } from 'commander';

/** What commands that start a migration do with it. */
export interface RunOptions {
  output: 'json' | 'table';
  detach?: boolean;
  logDir?: string;
}

export function addRunOptions(command: Command): Command {
  return command
    .option('-d, --detach', 'start it, print its id and do not wait')
    .option('--log-dir <folder>', 'keep its log, result, figures and reports');
}
