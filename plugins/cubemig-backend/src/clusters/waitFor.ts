import { setTimeout as delay } from 'node:timers/promises';
import { ClusterApiError } from './ClusterApiError';
import { ClusterClient, Selection } from './ClusterClient';
import { Kind, Kinds } from './kinds';

/** What was waited for has not come about in time. */
export class DeadlineError extends Error {
  readonly name = 'DeadlineError';

  /** @param setting - of app-config, which gives more time */
  constructor(message: string, readonly setting?: string) {
    super(message);
  }
}

/** How long somebody waits, and for what. */
export interface Patience {
  timeoutMs: number;
  /** The setting of app-config that says how long, if there is one. */
  setting?: string;
  signal: AbortSignal;
  /** For the message, as the beginning of a sentence. */
  what: string;
}

/** A pause between two watches: a server that ends them at once must not be flooded. */
const RECONNECT_MS = 250;

/**
 * Watches a selection of objects until `look` answers something other than undefined, and resolves to that. What `look` throws
 * ends the wait. A watch that ends or breaks is taken up again until the deadline.
 *
 * @throws DeadlineError after `timeoutMs`; the signal's reason if it aborts.
 */
export async function waitFor<K extends Kind, Answer>(
  client: ClusterClient,
  kind: K,
  selection: Selection & { name?: string },
  options: Patience,
  look: (objects: Kinds[K][]) => Answer | undefined,
): Promise<Answer> {
  const { timeoutMs, signal, what, setting } = options;
  const { name, ...rest } = selection;
  const deadline = AbortSignal.timeout(timeoutMs);
  const ended = AbortSignal.any([deadline, signal]);
  const watched: Selection = name
    ? { ...rest, fieldSelector: `metadata.name=${name}` }
    : rest;

  let trouble: Error | undefined;
  for (;;) {
    try {
      for await (const objects of observe(client, kind, watched, ended)) {
        trouble = undefined;
        const answer = look(objects);
        if (answer !== undefined) return answer;
        if (ended.aborted) break;
      }
    } catch (error) {
      if (!ended.aborted && !mayPass(error)) throw error;
      if (!ended.aborted) trouble = error as Error;
    }
    if (!ended.aborted) {
      await delay(RECONNECT_MS, undefined, { signal: ended }).catch(() => {});
    }
    signal.throwIfAborted();
    if (deadline.aborted) {
      throw new DeadlineError(
        `${what} took longer than ${Math.round(timeoutMs / 1000)} s${
          trouble
            ? `, and cluster '${client.cluster}' could not be asked at last: ${trouble.message}`
            : ''
        }`,
        setting,
      );
    }
  }
}

/** The whole selection, first as it is and then after every change. */
async function* observe<K extends Kind>(
  client: ClusterClient,
  kind: K,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<Kinds[K][]> {
  const objects = new Map<string | undefined, Kinds[K]>();
  for await (const event of client.watch(kind, selection, signal)) {
    if (event.type === 'LISTED') {
      event.objects.forEach(object =>
        objects.set(object.metadata?.uid, object),
      );
    } else if (event.type === 'DELETED') {
      objects.delete(event.object.metadata?.uid);
    } else {
      objects.set(event.object.metadata?.uid, event.object);
    }
    yield [...objects.values()];
  }
}

/** A broken connection and a server in trouble may be well again before the deadline; a refusal will not. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ClusterApiError) {
    const { status } = error;
    return status === undefined || status >= 500 || [410, 429].includes(status);
  }
  const { name, message, code } = error as NodeJS.ErrnoException;
  // What fetch, or Node's own http, throws while it reads an answer that breaks off, or that goes silent.
  return (
    (name === 'TypeError' && message === 'terminated') ||
    code === 'ECONNRESET' ||
    name === 'TimeoutError'
  );
}
