import { Command } from 'commander';
import { ApiError } from '../api/ApiError';
import { apiCommand, ApiOptions, withApi } from '../api/apiCommand';
import { exitCodes } from '../exitCodes';
import { saveFiles } from '../migration/run';
import { formatJson } from '../output/json';
import { printable } from '../output/printable';
import { formatTable } from '../output/table';
import { CommandContext } from './CommandContext';
import { findMigration } from './status';

interface LogsOptions extends ApiOptions {
  files?: boolean;
  file: string;
  logDir?: string;
}

export function logsCommand(context: CommandContext): Command {
  return apiCommand('logs')
    .description("show a migration's log, or another file about it")
    .argument(
      '<migration>',
      "a migration's id, or the newest one of this pod or workload",
    )
    .option('--files', 'list the files there are')
    .option('--file <name>', 'which one to show', 'migration_log.txt')
    .option('--log-dir <folder>', 'save all of them there')
    .action((name: string, options: LogsOptions) =>
      withApi(context, options, async ({ api, terminal }) => {
        const migration = await findMigration(api, name);
        if (options.logDir) {
          terminal.line(await saveFiles(api, migration, options.logDir));
          return;
        }
        const files = await api.migrations.listFiles(migration.id);
        if (options.files) {
          terminal.write(
            options.output === 'json'
              ? formatJson(files)
              : formatTable(
                  ['Name', 'Type'],
                  files.map(file => [file.name, file.type]),
                ),
          );
          return;
        }
        const file = files.find(found => found.name === options.file);
        if (!file) {
          throw new ApiError(
            `The migration has no file "${options.file}"`,
            exitCodes.refused,
            `It has ${files.map(found => found.name).join(', ')}.`,
          );
        }
        const content = await api.migrations.readFile(file);
        terminal.write(
          options.output === 'json'
            ? formatJson({ ...file, content })
            : printable(content),
        );
      }),
    );
}
