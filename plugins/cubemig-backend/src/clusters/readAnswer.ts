import { ClusterApiError } from './ClusterApiError';
import { WatchEvent } from './ClusterClient';
import { Kind, Kinds } from './kinds';
import { parseJson, readBody } from './readBody';
import { soundObject } from './soundObject';

/** In characters: the nodes of the largest cluster that Kubernetes supports have fewer. */
const MAX_LENGTH = 128 * 1024 * 1024;

/**
 * The object in an answer of a cluster. What a proxy on the way answers, or a server that was taken over, is perhaps none, and of any length.
 *
 * @throws ClusterApiError
 */
export async function readObject<T extends object>(
  cluster: string,
  response: Response,
): Promise<T> {
  const { text, json } = await readBody(response, MAX_LENGTH);
  if (isObject(json)) return json as T;
  throw unreadable(cluster, response, text.slice(0, 200) || 'nothing');
}

/**
 * As `readObject`, of a kind, and fit for use.
 *
 * @throws ClusterApiError
 */
export async function readKind<K extends Kind>(
  kind: K,
  cluster: string,
  response: Response,
): Promise<Kinds[K]> {
  const object = soundObject(kind, await readObject(cluster, response));
  if (object) return object;
  throw unreadable(cluster, response, `what is no ${kind}`);
}

/**
 * As `readKind`, of a list: what is not fit for use is left out.
 *
 * @throws ClusterApiError
 */
export async function readList<K extends Kind>(
  kind: K,
  cluster: string,
  response: Response,
): Promise<{ objects: Kinds[K][]; resourceVersion: string }> {
  const list = await readObject<{ items?: unknown; metadata?: unknown }>(
    cluster,
    response,
  );
  const items = list.items ?? [];
  if (!Array.isArray(items) || !items.every(isObject)) {
    throw unreadable(cluster, response, 'items that are no objects');
  }
  const version = isObject(list.metadata) && list.metadata.resourceVersion;
  return {
    objects: items.flatMap(item => soundObject(kind, item) ?? []),
    resourceVersion: typeof version === 'string' ? version : '',
  };
}

const TYPES = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'];

/** What a line of a watch tells; undefined for `ERROR` and for nonsense. What is not fit for use is told as nothing new. */
export function readEvent<K extends Kind>(
  kind: K,
  line: string,
): WatchEvent<Kinds[K]> | { type: 'BOOKMARK' } | undefined {
  const event = parseJson(line);
  const isKnown =
    isObject(event) &&
    isObject(event.object) &&
    typeof event.type === 'string' &&
    TYPES.includes(event.type);
  if (!isKnown) return undefined;
  const object = soundObject(kind, event.object);
  return object
    ? ({ type: event.type, object } as WatchEvent<Kinds[K]>)
    : { type: 'BOOKMARK' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(cluster: string, { status }: Response, what: string) {
  return new ClusterApiError(
    cluster,
    status,
    undefined,
    `Cluster '${cluster}' answered ${what}, where an object of Kubernetes was asked for`,
  );
}
