import { badRequest } from '../ApiError';
import { apiVersionOf } from '../resources';
import type { DeleteOptions } from '../store';
import { readBody, sendJson } from './messages';
import { parseSelection, requireNamed, sendObject } from './readRequests';
import type { ResourceRequest } from './ServedCluster';

export async function handleDelete(request: ResourceRequest): Promise<void> {
  const { cluster, type, info, response } = request;
  const options = await readDeleteOptions(request);
  const { uid } = requireNamed(request).metadata;
  const last = cluster.store.delete(
    type.kind,
    info.namespace,
    info.name!,
    options,
  );
  const remains = cluster.store.get(type.kind, info.namespace, info.name!);
  if (remains || type.kind === 'Pod') {
    sendObject(request, last);
    return;
  }
  sendJson(response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: info.name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
      uid,
    },
  });
}

export async function handleDeleteCollection(
  request: ResourceRequest,
): Promise<void> {
  const { cluster, type, info, query, response } = request;
  const options = await readDeleteOptions(request);
  const items = cluster.store
    .list(type.kind, info.namespace)
    .filter(parseSelection(type, query))
    .map(({ metadata }) =>
      cluster.store.delete(
        type.kind,
        metadata.namespace,
        metadata.name,
        options,
      ),
    );
  sendJson(response, 200, {
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata: { resourceVersion: String(cluster.store.revision) },
    items,
  });
}

/** Options come as the body, or as query parameters. */
export async function readDeleteOptions({
  message,
  query,
}: Pick<ResourceRequest, 'message' | 'query'>): Promise<DeleteOptions> {
  const body = (await readBody(message)) ?? {};
  const grace =
    body.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  const policy =
    body.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  if (policy && !['Background', 'Foreground', 'Orphan'].includes(policy)) {
    throw badRequest(`invalid propagationPolicy: ${policy}`);
  }
  return {
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    propagationPolicy: policy,
    uid: body.preconditions?.uid,
    resourceVersion: body.preconditions?.resourceVersion,
    dryRun:
      (body.dryRun ?? []).includes('All') || query.get('dryRun') === 'All',
  };
}
