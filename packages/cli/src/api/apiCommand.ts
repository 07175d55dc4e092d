import { CubemigClient } from '@cubemig/plugin-cubemig-common';
import { Command, Option } from 'commander';
import { CommandContext } from '../commands/CommandContext';
import { ApiError, explainApiError } from './ApiError';
import { connect, ConnectionOptions } from './connect';

export interface ApiOptions extends ConnectionOptions {
  output: 'json' | 'table';
}

/** What a command over the API is given besides. */
export interface ApiContext extends CommandContext {
  api: CubemigClient;
}

/** A command that talks to CubeMig's API. */
export function apiCommand(name: string): Command {
  return new Command(name)
    .option('--server <url>', "Backstage's backend (default: $CUBEMIG_URL)")
    .option('--token <token>', 'a Backstage token (default: $CUBEMIG_TOKEN)')
    .addOption(
      new Option('-o, --output <format>', 'how to print it')
        .choices(['table', 'json'])
        .default('table'),
    );
}

/** Does something over the API. Whatever goes wrong there is told in its own words, and by the exit code. */
export async function withApi(
  context: CommandContext,
  options: ConnectionOptions,
  act: (context: ApiContext) => Promise<void>,
): Promise<void> {
  let server = '';
  try {
    const connection = await connect(options, context.environment);
    server = connection.server;
    await act({ ...context, api: connection.api });
  } catch (error) {
    const explained = explainApiError(error, server);
    if (explained instanceof ApiError) context.finish(explained.exitCode);
    throw explained;
  }
}
