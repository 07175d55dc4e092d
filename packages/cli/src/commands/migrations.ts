import {
  migrationModes,
  MigrationQuery,
  migrationStatuses,
} from '@cubemig/plugin-cubemig-common';
import { Command, Option } from 'commander';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { migrationTable } from '../migration/describe';
import { formatJson } from '../output/json';
import { CommandContext } from './CommandContext';

interface ListOptions
  extends ApiOptions,
    Pick<MigrationQuery, 'cluster' | 'namespace' | 'pod' | 'since'> {
  status?: string[];
  mode?: string[];
  entity?: string;
  limit: number;
}

export function migrationsCommand(context: CommandContext): Command {
  return apiCommand('migrations')
    .description('list migrations, newest first')
    .addOption(
      new Option('--status <status...>', 'only these').choices(
        migrationStatuses,
      ),
    )
    .addOption(
      new Option('--mode <mode...>', 'only these').choices(migrationModes),
    )
    .option('--cluster <cluster>', 'from or to this cluster')
    .option('-n, --namespace <namespace>', 'only of this namespace')
    .option('--pod <pod>', 'only of this pod')
    .option('--entity <ref>', 'only of this catalog entity')
    .option('--since <time>', 'asked for since then, ISO 8601')
    .option('--limit <number>', 'how many at most', Number, 20)
    .action(
      ({ server, token, output, status, mode, entity, ...rest }: ListOptions) =>
        withApi(context, { server, token }, async ({ api, terminal }) => {
          const page = await api.migrations.list({
            ...rest,
            status: status?.join(','),
            mode: mode?.join(','),
            entityRef: entity,
          });
          if (output === 'json') {
            terminal.write(formatJson(page));
          } else {
            terminal.write(migrationTable(page.items));
            const { total = page.items.length } = page;
            if (total > page.items.length) {
              terminal.line(`${page.items.length} of ${total}`);
            }
          }
        }),
    );
}
