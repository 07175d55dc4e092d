import { setTimeout as delay } from 'node:timers/promises';
import { ClusterClient, DeleteOptions, Selection } from './ClusterClient';
import { ClusterApiError, isRefusal } from './ClusterApiError';
import { Kind, kinds, Kinds, ObjectKey, pathOf } from './kinds';
import { LogPosition } from './LogPosition';
import { readEvent, readKind, readList, readObject } from './readAnswer';
import { readLines } from './readLines';
import { mayPass } from './waitFor';

/** A request to a cluster's API server: a path such as `/api/v1/nodes`, and how to send it. */
export type SendToCluster = (
  path: string,
  init: RequestInit,
) => Promise<Response>;

const REQUEST_TIMEOUT_MS = 30_000;
/** Pages wait for it. */
const VERSION_TIMEOUT_MS = 5_000;
const MAX_OBJECT_LENGTH = 4 * 1024 * 1024;
const MAX_LOG_LINE_LENGTH = 16 * 1024;
/** RFC 3339 with nanoseconds, and a space. */
const TIMESTAMP_LENGTH = 36;
/** A pause before a log is taken up again: a server that cuts it at once must not be flooded. */
const LOG_PAUSE_MS = 250;
/**
 * A proxy on the way, the kubernetes plugin's among them, keeps its end of a watch open when the API server's end breaks, and what happens
 * from then on is not told. So watches are short, and whoever still watches lists again. The same of a log that is followed.
 */
const WATCH_SECONDS = 15;
/** By then the server's own end of a watch has reached us, or will not. */
const WATCH_LIMIT_MS = 18_000;

/**
 * Speaks the Kubernetes API over `fetch`. Only the types come from @kubernetes/client-node: its generated client drops every
 * field that its own release does not know, which a pod that is copied between clusters must not suffer.
 */
export class HttpClusterClient implements ClusterClient {
  constructor(
    readonly cluster: string,
    private readonly send: SendToCluster,
    private readonly watchLimitMs = WATCH_LIMIT_MS,
  ) {}

  async getVersion() {
    const response = await this.request('/version', {}, VERSION_TIMEOUT_MS);
    const { gitVersion } = await readObject<{ gitVersion?: unknown }>(
      this.cluster,
      response,
    );
    return typeof gitVersion === 'string'
      ? gitVersion.slice(0, 100)
      : 'unknown';
  }

  async get<K extends Kind>(kind: K, key: ObjectKey) {
    try {
      const response = await this.request(pathOf(kind, key));
      return await readKind(kind, this.cluster, response);
    } catch (error) {
      if (isRefusal(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  async exists(kind: Kind, key: ObjectKey) {
    try {
      const response = await this.request(pathOf(kind, key), {
        headers: {
          Accept:
            'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
        },
      });
      await response.body?.cancel();
      return true;
    } catch (error) {
      if (isRefusal(error, 'NotFound')) return false;
      throw error;
    }
  }

  async list<K extends Kind>(kind: K, selection: Selection = {}) {
    return (await this.listWithVersion(kind, selection)).objects;
  }

  async create<K extends Kind>(kind: K, object: Kinds[K]) {
    const { namespace } = object.metadata ?? {};
    const response = await this.request(pathOf(kind, { namespace }), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...object,
        apiVersion: kinds[kind].apiVersion,
        kind,
      }),
    });
    return await readKind(kind, this.cluster, response);
  }

  async patch<K extends Kind>(
    kind: K,
    key: ObjectKey,
    patch: object,
    options: { subresource?: 'status' } = {},
  ) {
    const path = [pathOf(kind, key), options.subresource].filter(Boolean);
    const response = await this.request(path.join('/'), {
      method: 'PATCH',
      headers: {
        'Content-Type': Array.isArray(patch)
          ? 'application/json-patch+json'
          : 'application/merge-patch+json',
      },
      body: JSON.stringify(patch),
    });
    return await readKind(kind, this.cluster, response);
  }

  async delete(kind: Kind, key: ObjectKey, options: DeleteOptions = {}) {
    const { uid, resourceVersion, ...rest } = options;
    try {
      const response = await this.request(pathOf(kind, key), {
        method: 'DELETE',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          ...rest,
          preconditions: { uid, resourceVersion },
        }),
      });
      await response.body?.cancel();
      return true;
    } catch (error) {
      if (isRefusal(error, 'NotFound')) return false;
      if (isRefusal(error, 'Conflict') && (uid || resourceVersion))
        return false;
      throw error;
    }
  }

  async *watch<K extends Kind>(
    kind: K,
    selection: Selection,
    signal: AbortSignal,
  ) {
    const { objects, resourceVersion } = await this.listWithVersion(
      kind,
      selection,
    );
    yield { type: 'LISTED' as const, objects };

    const query = toQuery(selection);
    query.set('watch', 'true');
    query.set('timeoutSeconds', String(WATCH_SECONDS));
    query.set('resourceVersion', resourceVersion);
    const limit = AbortSignal.timeout(this.watchLimitMs);
    const { namespace } = selection;
    try {
      const response = await this.request(
        `${pathOf(kind, { namespace })}?${query}`,
        { signal: AbortSignal.any([signal, limit]) },
      );
      for await (const line of readLines(response.body!, MAX_OBJECT_LENGTH)) {
        const event = readEvent(kind, line);
        // `ERROR` (for example 410: the version is too old) ends this watch, as does nonsense; whoever watches lists again.
        if (!event) return;
        if (event.type !== 'BOOKMARK') yield event;
      }
    } catch (error) {
      // An end like any other: nobody told us of the server's.
      if (!limit.aborted) throw error;
    }
  }

  async *followLog(
    key: Required<ObjectKey> & { container: string },
    signal: AbortSignal,
  ) {
    const position = new LogPosition();
    for (;;) {
      const limit = AbortSignal.timeout(this.watchLimitMs);
      const either = AbortSignal.any([signal, limit]);
      try {
        for await (const line of this.readLog(key, position.resume(), either)) {
          const text = position.take(line);
          if (text) yield text;
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        // The pod has gone with the rest.
        if (position.hasBegun && isRefusal(error, 'NotFound')) return;
        const isCut = limit.aborted || (position.hasBegun && mayPass(error));
        if (!isCut) throw error;
      }
      await delay(LOG_PAUSE_MS, undefined, { signal });
    }
  }

  private async *readLog(
    key: Required<ObjectKey> & { container: string },
    since: string | undefined,
    signal: AbortSignal,
  ) {
    const query = new URLSearchParams({
      container: key.container,
      follow: 'true',
      timestamps: 'true',
      ...(since && { sinceTime: since }),
    });
    const response = await this.request(`${pathOf('Pod', key)}/log?${query}`, {
      signal,
    });
    yield* readLines(response.body!, MAX_LOG_LINE_LENGTH + TIMESTAMP_LENGTH);
  }

  private async listWithVersion<K extends Kind>(kind: K, selection: Selection) {
    const { namespace } = selection;
    const query = toQuery(selection).toString();
    const response = await this.request(
      `${pathOf(kind, { namespace })}${query && `?${query}`}`,
    );
    return readList(kind, this.cluster, response);
  }

  private async request(
    path: string,
    init: RequestInit = {},
    timeoutMs = REQUEST_TIMEOUT_MS,
  ) {
    if (/\/\.\.?(?:[/?]|$)/.test(path)) {
      // Found in a cluster, for example as the name of a Secret in a pod: it would lead to another object.
      throw new ClusterApiError(
        this.cluster,
        404,
        'NotFound',
        "Nothing in Kubernetes is called '.' or '..'",
      );
    }
    let response: Response;
    try {
      response = await this.send(path, {
        ...init,
        headers: { Accept: 'application/json', ...init.headers },
        signal: init.signal ?? AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      if (init.signal?.aborted && error === init.signal.reason) throw error;
      throw new ClusterApiError(
        this.cluster,
        undefined,
        undefined,
        `No answer from cluster '${this.cluster}': ${
          (error as Error).name === 'TimeoutError'
            ? `${path} took longer than ${timeoutMs / 1000} s`
            : describe(error)
        }`,
        { cause: error },
      );
    }
    if (!response.ok) {
      throw await ClusterApiError.fromResponse(this.cluster, response);
    }
    return response;
  }
}

function toQuery({ labelSelector, fieldSelector }: Selection) {
  const query = new URLSearchParams();
  if (labelSelector) query.set('labelSelector', labelSelector);
  if (fieldSelector) query.set('fieldSelector', fieldSelector);
  return query;
}

/** Node's fetch hides what happened (`ECONNREFUSED` ...) in the error's cause. */
function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || message : message;
}
