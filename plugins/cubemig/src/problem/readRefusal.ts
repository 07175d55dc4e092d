/** An error as the backend, the network or anything else threw it, made ready to be shown. */
export interface Refusal {
  message: string;
  /** The field of the request that the backend did not accept. */
  field?: string;
  remedy?: string;
}

/**
 * Reads the backend's own words out of an error: a `ResponseError` says only "Request failed with 400 Bad Request" by
 * itself, while its body carries the message, the field and the remedy.
 */
export function readRefusal(error: unknown): Refusal {
  const answer = bodyOf(error) ?? error;
  return {
    message: textOf(answer, 'message') ?? String(error),
    field: textOf(answer, 'field'),
    remedy: textOf(answer, 'remedy'),
  };
}

function bodyOf(error: unknown): unknown {
  const body = property(error, 'body');
  return property(body, 'error');
}

function textOf(value: unknown, key: string): string | undefined {
  const text = property(value, key);
  return typeof text === 'string' && text ? text : undefined;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
