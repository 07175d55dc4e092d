import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { runToEnd } from '../migration/run';
import { addRunOptions, RunOptions } from '../migration/runOptions';
import { CommandContext } from './CommandContext';
import { findMigration } from './status';

export function retryCommand(context: CommandContext): Command {
  return addRunOptions(apiCommand('retry'))
    .description('start a failed or cancelled migration again')
    .argument(
      '<migration>',
      "a migration's id, or the newest one of this pod or workload",
    )
    .action((name: string, options: ApiOptions & RunOptions) =>
      withApi(context, options, async connected => {
        const { api } = connected;
        const { id } = await findMigration(api, name);
        await runToEnd(connected, await api.migrations.retry(id), options);
      }),
    );
}
