import { CubemigApi, Migration } from '@cubemig/plugin-cubemig-common';
import { Command } from 'commander';
import { ApiError } from '../api/ApiError';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { exitCodes } from '../exitCodes';
import { describeMigration } from '../migration/describe';
import { exitCodeOf, follow } from '../migration/follow';
import { formatJson } from '../output/json';
import { CommandContext } from './CommandContext';

interface StatusOptions extends ApiOptions {
  follow?: boolean;
}

export function statusCommand(context: CommandContext): Command {
  return apiCommand('status')
    .description('show how a migration goes, or went')
    .argument(
      '<migration>',
      "a migration's id, or the newest one of this pod or workload",
    )
    .option('-f, --follow', 'until it is over')
    .action((name: string, options: StatusOptions) =>
      withApi(context, options, async ({ api, terminal, finish }) => {
        const found = await findMigration(api, name);
        const migration = options.follow
          ? await follow(api, found.id, terminal)
          : found;
        terminal.write(
          options.output === 'json'
            ? formatJson(migration)
            : describeMigration(migration, terminal),
        );
        finish(exitCodeOf(migration));
      }),
    );
}

/** A migration by its id, or the newest one of a pod or workload. @throws ApiError if there is none */
export async function findMigration(
  api: CubemigApi,
  name: string,
): Promise<Migration> {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name)) return api.migrations.get(name);
  const { items } = await api.migrations.list({ text: name, limit: 100 });
  const found = items.find(
    ({ source }) => source.pod === name || source.owner?.name === name,
  );
  if (found) return found;
  throw new ApiError(
    `No migration of a pod or workload "${name}" is known`,
    exitCodes.refused,
    'See what there is with "cubemig migrations".',
  );
}
