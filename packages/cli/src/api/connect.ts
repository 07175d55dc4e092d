import { CubemigClient } from '@cubemig/plugin-cubemig-common';
import { loginFileOf, readLogin } from './loginFile';
import { ApiError } from './ApiError';
import { exitCodes } from '../exitCodes';

/** How a command reaches the API. */
export interface ConnectionOptions {
  server?: string;
  token?: string;
}

/** A client of the server that flags, environment or login file name, in this order. */
export async function connect(
  { server, token }: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
): Promise<{ api: CubemigClient; server: string }> {
  const given = server ?? environment.CUBEMIG_URL;
  const login = await readLogin(loginFileOf(environment));
  const url = given ?? login?.server;
  if (!url) {
    throw new ApiError(
      'No server is known',
      exitCodes.usage,
      'Log in with "cubemig login <server>", or give --server or CUBEMIG_URL.',
    );
  }
  const base = parseServer(url);
  // A token is for the server that it was given for, and for no other.
  const own = login && parseServer(login.server) === base ? login : undefined;
  return {
    api: createClient(base, token ?? environment.CUBEMIG_TOKEN ?? own?.token),
    server: base,
  };
}

/** @param server - as `parseServer` gives it */
export function createClient(
  server: string,
  token: string | undefined,
): CubemigClient {
  return new CubemigClient({
    discoveryApi: { getBaseUrl: async plugin => `${server}/api/${plugin}` },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        if (token) headers.set('Authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}

/** An address without what follows its path: `http://localhost:7007`. */
export function parseServer(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw notAnAddress(text);
  }
  if (!/^https?:$/.test(url.protocol)) throw notAnAddress(text);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function notAnAddress(text: string) {
  return new ApiError(
    `"${text}" is no address: write it as http://localhost:7007`,
    exitCodes.usage,
  );
}
