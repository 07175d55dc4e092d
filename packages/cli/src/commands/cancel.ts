import { Command } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { exitCodes } from '../exitCodes';
import { describeEnd } from '../migration/describe';
import { follow } from '../migration/follow';
import { formatJson } from '../output/json';
import { CommandContext } from './CommandContext';
import { findMigration } from './status';

interface CancelOptions extends ApiOptions {
  detach?: boolean;
}

export function cancelCommand(context: CommandContext): Command {
  return apiCommand('cancel')
    .description('stop a migration and take back what it made')
    .argument(
      '<migration>',
      "a migration's id, or the newest one of this pod or workload",
    )
    .option('-d, --detach', 'do not wait until all is taken back')
    .action((name: string, options: CancelOptions) =>
      withApi(context, options, async ({ api, terminal, finish }) => {
        const { id } = await findMigration(api, name);
        const asked = await api.migrations.cancel(id);
        const migration = options.detach
          ? asked
          : await follow(api, id, terminal);
        terminal.write(
          options.output === 'json'
            ? formatJson(migration)
            : describeEnd(migration, terminal),
        );
        const isStopped = options.detach || migration.status === 'cancelled';
        finish(isStopped ? exitCodes.ok : exitCodes.failure);
      }),
    );
}
