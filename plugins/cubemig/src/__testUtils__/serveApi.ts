import { CubemigClient } from '@cubemig/plugin-cubemig-common';

/** Answers a request by its method and its path below `/api/cubemig`. */
export type Answer = (request: {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}) => unknown;

/** An answer that is an error, in the form in which Backstage's backends write errors. */
export class ErrorAnswer {
  constructor(
    readonly status: number,
    readonly error: { name: string; message: string; [key: string]: unknown },
  ) {}
}

const BASE = 'http://localhost/api/cubemig';

/** A real client whose requests are answered by a function rather than by a server. */
export function serveApi(answer: Answer): CubemigClient {
  const serve: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const answered = await answer({
      method: init?.method ?? 'GET',
      path: url.pathname.replace('/api/cubemig', ''),
      query: url.searchParams,
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    });
    const isError = answered instanceof ErrorAnswer;
    const status = isError ? answered.status : 200;
    const body = isError
      ? { error: answered.error, response: { statusCode: status } }
      : answered;
    return {
      ok: !isError,
      status,
      statusText: isError ? answered.error.name : 'OK',
      headers: new Headers({ 'content-type': 'application/json' }),
      json: async () => body,
      text: async () => JSON.stringify(body),
    } as Response;
  };
  return new CubemigClient({
    discoveryApi: { getBaseUrl: async () => BASE },
    fetchApi: { fetch: serve },
  });
}
