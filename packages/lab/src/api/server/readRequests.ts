import { badRequest, notFound } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import {
  matchesSelector,
  parseFieldSelector,
  parseLabelSelector,
} from '../selectors';
import type { ResourceType } from '../resources';
import type { ResourceRequest } from './ServedCluster';
import { sendJson } from './messages';
import { chooseRepresentation } from './representation';

/** The stored object that a request names; throws 404. */
export function requireNamed({ cluster, type, info }: ResourceRequest) {
  const found = cluster.store.get(type.kind, info.namespace, info.name!);
  if (!found) {
    throw notFound(type, info.name!);
  }
  return found;
}

export function sendObject(
  request: ResourceRequest,
  object: KubeObject,
  code = 200,
): void {
  const { message, query, type, response } = request;
  const { represent } = chooseRepresentation(message.headers.accept, query);
  sendJson(response, code, represent(type, object));
}

export function handleGet(request: ResourceRequest): void {
  sendObject(request, requireNamed(request));
}

/** The test that a request's selectors stand for. */
export function parseSelection(
  type: ResourceType,
  query: URLSearchParams,
): (object: KubeObject) => boolean {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const matchesFields = parseFieldSelector(
    type,
    query.get('fieldSelector') ?? '',
  );
  return object =>
    matchesSelector(labels, object.metadata.labels) && matchesFields(object);
}

export function handleList(request: ResourceRequest): void {
  const { cluster, type, info, query, message, response } = request;
  const isSelected = parseSelection(type, query);
  const selected = cluster.store
    .list(type.kind, info.namespace)
    .filter(isSelected);
  const { page, remaining, next } = takePage(selected, query);
  const { representList } = chooseRepresentation(message.headers.accept, query);
  sendJson(
    response,
    200,
    representList(type, page, {
      resourceVersion: String(cluster.store.revision),
      ...(next ? { continue: next, remainingItemCount: remaining } : {}),
    }),
  );
}

/** One page of a list. Pages show what is there when they are asked for, not one frozen state. */
function takePage(objects: KubeObject[], query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 0);
  const after = query.get('continue');
  const start = after
    ? objects.findIndex(object => keyOf(object) > decodeContinue(after))
    : 0;
  const rest = start < 0 ? [] : objects.slice(start);
  if (!limit || rest.length <= limit) {
    return { page: rest, remaining: 0 };
  }
  const page = rest.slice(0, limit);
  return {
    page,
    remaining: rest.length - limit,
    next: Buffer.from(keyOf(page[limit - 1])).toString('base64url'),
  };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function decodeContinue(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (!key.includes('/')) {
    throw badRequest('continue key is not valid');
  }
  return key;
}
