import {
  type Admission,
  enforcePolicies,
} from '../admission/admissionPolicies';
import { ApiError, badRequest } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { toServed, toStored } from '../conversion';
import { checkFields } from '../fields';
import { PATCH_TYPES, applyPatch, unknownPatchType } from '../patch';
import { apiVersionOf } from '../resources';
import type { WriteOptions } from '../store';
import { isFlag } from './RequestInfo';
import type { ResourceRequest } from './ServedCluster';
import { mediaTypeOf, readBody, readObject } from './messages';
import { requireNamed, sendObject } from './readRequests';

function writeOptions({ query }: ResourceRequest): WriteOptions {
  return { dryRun: query.get('dryRun') === 'All' };
}

export async function handleCreate(request: ResourceRequest): Promise<void> {
  const draft = await readNamedObject(request);
  const created = createFrom(request, draft);
  noteUpdate(request, undefined, created);
  sendObject(request, created, 201);
}

function createFrom(request: ResourceRequest, draft: KubeObject): KubeObject {
  const { cluster, type } = request;
  const stored = toStored(type, draft);
  // Who creates an object says nothing about its state.
  const { status: _, ...withoutStatus } = stored;
  admit(request, stored);
  return cluster.store.create(
    type.subresources.includes('status') ? withoutStatus : stored,
    writeOptions(request),
  );
}

function updateFrom(
  request: ResourceRequest,
  previous: KubeObject,
  next: KubeObject,
): KubeObject {
  const whole = keepOtherPart(request, next, previous);
  admit(request, whole, previous);
  return request.cluster.store.update(whole, writeOptions(request));
}

/** Subresources are matched by names of their own, which the lab's policies do not have. */
function admit(
  { cluster, type, info }: ResourceRequest,
  object: KubeObject,
  oldObject?: KubeObject,
): void {
  const { store, evaluateExpression } = cluster;
  if (evaluateExpression && !info.subresource) {
    const operation = oldObject ? 'UPDATE' : 'CREATE';
    const admission: Admission = { type, operation, object, oldObject };
    enforcePolicies(store, admission, evaluateExpression);
  }
}

export async function handleUpdate(request: ResourceRequest): Promise<void> {
  const next = toStored(request.type, await readNamedObject(request));
  replace(request, requireNamed(request), next);
}

export async function handlePatch(request: ResourceRequest): Promise<void> {
  const { type, message } = request;
  const mediaType = mediaTypeOf(message);
  const patch = (await readBody(message)) ?? {};
  if (mediaType === PATCH_TYPES.apply) {
    applyConfiguration(request, checkIdentity(request, patch));
    return;
  }
  if (type.isCustom && mediaType === PATCH_TYPES.strategic) {
    const { json, merge, apply } = PATCH_TYPES;
    throw unknownPatchType([json, merge, apply]);
  }
  const previous = requireNamed(request);
  const patched = applyPatch(toServed(type, previous), mediaType, patch);
  replace(request, previous, toStored(type, checkIdentity(request, patched)));
}

/** Server-side apply (PATCH with a configuration). */
function applyConfiguration(
  request: ResourceRequest,
  served: KubeObject,
): void {
  const { cluster, type, info, query } = request;
  const manager = query.get('fieldManager');
  if (!manager) {
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  }
  const config = toStored(type, served);
  const previous = cluster.store.get(type.kind, info.namespace, info.name!);
  const owners = cluster.fieldOwners;
  const options = { manager, isForced: isFlag(query, 'force') };
  const stored = previous
    ? updateFrom(
        request,
        previous,
        applyPatch(
          owners.prepareApply(type, previous, config, options),
          PATCH_TYPES.apply,
          config,
        ),
      )
    : createFrom(request, served);
  if (!writeOptions(request).dryRun) {
    owners.noteApply(stored, config, manager, previous);
  }
  sendObject(request, stored, previous ? 200 : 201);
}

function replace(
  request: ResourceRequest,
  previous: KubeObject,
  next: KubeObject,
): void {
  const stored = updateFrom(request, previous, next);
  noteUpdate(request, previous, stored);
  sendObject(request, stored);
}

/** Whoever writes without a name for it is called as its program is. */
export function noteUpdate(
  request: ResourceRequest,
  previous: KubeObject | undefined,
  stored: KubeObject,
): void {
  const { cluster, info, query, message } = request;
  const program = message.headers['user-agent']?.split('/')[0];
  if (!writeOptions(request).dryRun) {
    cluster.fieldOwners.noteUpdate(previous, stored, {
      name: query.get('fieldManager') || program || 'unknown',
      subresource: info.subresource,
    });
  }
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

async function readNamedObject(request: ResourceRequest): Promise<KubeObject> {
  return checkIdentity(request, await readObject(request.message));
}

/** The body must be one of its kind, and mean the object that the path names; what it leaves out is taken from the path. */
function checkIdentity(
  { type, info, query }: ResourceRequest,
  body: any,
): KubeObject {
  checkFields(type, body, query.get('fieldValidation') === 'Strict');
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
