import { z } from 'zod';

/** How an area of the API reaches the backend. */
export interface ApiConnection {
  /**
   * Sends a request below `/api/cubemig`.
   *
   * @throws ResponseError if the answer is an error
   */
  send(path: string, init?: RequestInit): Promise<Response>;
}

/** A request that carries JSON. */
export function withJson(method: 'POST' | 'PUT', body: unknown): RequestInit {
  return {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** A query string with its `?`, without what is undefined; empty if nothing is left. */
export function toQuery(
  parameters: Record<string, string | number | boolean | undefined>,
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

/** The JSON of an answer, validated. */
export async function ask<T extends z.ZodType>(
  connection: ApiConnection,
  answer: T,
  path: string,
  init?: RequestInit,
): Promise<z.output<T>> {
  const response = await connection.send(path, init);
  return answer.parse(await response.json());
}

/** The `items` of an answer, validated. */
export async function askList<T extends z.ZodType>(
  connection: ApiConnection,
  item: T,
  path: string,
  init?: RequestInit,
): Promise<z.output<T>[]> {
  const answer = z.object({ items: z.array(item) });
  return (await ask(connection, answer, path, init)).items;
}
