import { ApiError, badRequest } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { PATCH_TYPES, applyPatch } from '../patch';
import { apiVersionOf } from '../resources';
import type { DeleteOptions, WriteOptions } from '../store';
import type { ResourceRequest } from './ServedCluster';
import { mediaTypeOf, readBody, readObject, sendJson } from './messages';
import { parseSelection, requireNamed, sendObject } from './readRequests';

function writeOptions({ query }: ResourceRequest): WriteOptions {
  return { dryRun: query.get('dryRun') === 'All' };
}

export async function handleCreate(request: ResourceRequest): Promise<void> {
  const draft = await readNamedObject(request);
  sendObject(request, createFrom(request, draft), 201);
}

function createFrom(request: ResourceRequest, draft: KubeObject): KubeObject {
  const { cluster, type } = request;
  // Who creates an object says nothing about its state.
  const { status: _, ...withoutStatus } = draft;
  return cluster.store.create(
    type.subresources.includes('status') ? withoutStatus : draft,
    writeOptions(request),
  );
}

export async function handleUpdate(request: ResourceRequest): Promise<void> {
  const next = await readNamedObject(request);
  const previous = requireNamed(request);
  sendObject(
    request,
    request.cluster.store.update(
      keepOtherPart(request, next, previous),
      writeOptions(request),
    ),
  );
}

export async function handlePatch(request: ResourceRequest): Promise<void> {
  const { cluster, type, info, message } = request;
  const mediaType = mediaTypeOf(message);
  const patch = await readBody(message);
  if (
    mediaType === PATCH_TYPES.apply &&
    !info.subresource &&
    !cluster.store.get(type.kind, info.namespace, info.name!)
  ) {
    const draft = checkIdentity(request, patch);
    sendObject(request, createFrom(request, draft), 201);
    return;
  }
  const previous = requireNamed(request);
  const next = checkIdentity(
    request,
    applyPatch(previous, mediaType, patch ?? {}),
  );
  sendObject(
    request,
    cluster.store.update(
      keepOtherPart(request, next, previous),
      writeOptions(request),
    ),
  );
}

/** A write to an object leaves its status alone, a write to the status leaves all else alone. */
function keepOtherPart(
  { type, info }: ResourceRequest,
  next: KubeObject,
  previous: KubeObject,
): KubeObject {
  if (info.subresource !== 'status') {
    return type.subresources.includes('status')
      ? { ...next, status: previous.status }
      : next;
  }
  const { uid, resourceVersion } = next.metadata;
  return {
    ...previous,
    metadata: { ...previous.metadata, uid, resourceVersion },
    status: next.status,
  };
}

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

async function readNamedObject(request: ResourceRequest): Promise<KubeObject> {
  return checkIdentity(request, await readObject(request.message));
}

/** The body must mean the object that the path names; what it leaves out is taken from the path. */
function checkIdentity({ type, info }: ResourceRequest, body: any): KubeObject {
  const expected = apiVersionOf(type);
  if (body.apiVersion && body.apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${body.apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (body.kind && body.kind !== type.kind) {
    throw badRequest(
      `the kind in the data (${body.kind}) does not match the expected kind (${type.kind})`,
    );
  }
  const metadata = { ...body.metadata };
  if (type.namespaced) {
    metadata.namespace ??= info.namespace;
    if (!info.namespace) {
      throw new ApiError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
    }
    if (metadata.namespace !== info.namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
  }
  if (info.name) {
    metadata.name ??= info.name;
    if (metadata.name !== info.name) {
      throw badRequest(
        `the name of the object (${metadata.name}) does not match the name on the URL (${info.name})`,
      );
    }
  }
  return { ...body, apiVersion: expected, kind: type.kind, metadata };
}
