import { Command } from 'commander';
import { ApiError, explainApiError } from '../api/ApiError';
import { createClient, parseServer } from '../api/connect';
import { loginFileOf, writeLogin } from '../api/loginFile';
import { CommandContext } from './CommandContext';

interface LoginOptions {
  token?: string;
  guest?: boolean;
}

export function loginCommand(context: CommandContext): Command {
  return new Command('login')
    .description('keep a server and a token for the commands that follow')
    .argument(
      '<server>',
      "Backstage's backend, for example http://localhost:7007",
    )
    .option(
      '--token <token>',
      'a Backstage token; - reads it from standard input',
    )
    .option(
      '--guest',
      'as a guest, where the backend lets guests in; for an hour',
    )
    .addHelpText(
      'after',
      `
A token that lasts is one of backend.auth.externalAccess in app-config:
  echo "$TOKEN" | cubemig login https://backstage.example.com --token -`,
    )
    .action((server: string, options: LoginOptions) =>
      login(context, server, options),
    );
}

async function login(
  { terminal, environment, finish }: CommandContext,
  given: string,
  options: LoginOptions,
) {
  try {
    const server = parseServer(given);
    const token = options.guest
      ? await readGuestToken(server)
      : await readToken(options.token);
    const clusters = await createClient(server, token).clusters.list();
    const file = loginFileOf(environment);
    await writeLogin(file, { server, token });
    terminal.line(
      `Logged in to ${server}, which knows ${clusters.length} clusters. Kept in ${file}`,
    );
  } catch (error) {
    const explained = explainApiError(error, given);
    if (explained instanceof ApiError) finish(explained.exitCode);
    throw explained;
  }
}

async function readToken(given: string | undefined) {
  if (given !== '-') return given;
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return text.trim();
}

async function readGuestToken(server: string): Promise<string> {
  const response = await fetch(`${server}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const answer = response.ok ? await response.json() : undefined;
  const token = answer?.backstageIdentity?.token;
  if (typeof token !== 'string') {
    throw new Error(
      `${server} lets no guests in (${response.status}): give --token instead`,
    );
  }
  return token;
}
