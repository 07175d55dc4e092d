import { Words } from '../translation';

/** An error as the backend, the network or anything else threw it, made ready to be shown. */
export interface Refusal {
  /** What is wrong and, from CubeMig's backend, what to do about it. */
  message: string;
  /** The field of the request that the backend did not accept. */
  field?: string;
  /** This user may not; somebody else might. */
  isDenied?: boolean;
}

/** The errors by which the backend says that a request, rather than the backend itself, has to change. */
const refusals = ['InputError', 'ConflictError'];

/**
 * Reads the backend's own words out of an error: a `ResponseError` says only "Request failed with 400 Bad Request" by
 * itself, while its body says more. What is wrong with a request is written there as `field: message`.
 */
export function readRefusal(error: unknown, t: Words): Refusal {
  const answer = property(property(error, 'body'), 'error') ?? error;
  const message = textOf(answer, 'message') ?? String(error);
  // What fetch throws when no answer came at all
  if (error instanceof TypeError) {
    return { message: t('common.noAnswer', { message }) };
  }
  if (textOf(error, 'name') === 'ZodError') {
    return { message: t('common.otherVersion') };
  }
  if (textOf(answer, 'name') === 'NotAllowedError') {
    return { message, isDenied: true };
  }
  const named = textOf(answer, 'field');
  if (named && message.startsWith(`${named}: `)) {
    return { field: named, message: message.slice(named.length + 2) };
  }
  const [, field, detail] =
    (refusals.includes(textOf(answer, 'name') ?? '') &&
      message.match(/^([a-zA-Z]+): (.+)$/s)) ||
    [];
  return field ? { field, message: detail } : { message };
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
