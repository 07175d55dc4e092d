import { badRequest, conflict } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { applyPatch } from '../patch';
import type { Subresource } from '../resources';
import { formatTime } from '../store';
import type { ResourceRequest } from './ServedCluster';
import { handleEviction } from './evictions';
import { handlePodLog } from './kubeletRequests';
import {
  mediaTypeOf,
  readBody,
  readObject,
  sendJson,
  sendSuccess,
} from './messages';
import { handleGet, requireNamed } from './readRequests';
import { handleProxy } from './trafficRequests';
import { handlePatch, handleUpdate, noteUpdate } from './writeRequests';

type Handler = (request: ResourceRequest) => void | Promise<void>;

/** What answers a subresource, by its name and the request's verb; `*` stands for every verb. */
export const SUBRESOURCES: Record<Subresource, Record<string, Handler>> = {
  status: { get: handleGet, update: handleUpdate, patch: handlePatch },
  scale: {
    get: request =>
      sendJson(request.response, 200, toScale(requireNamed(request))),
    update: handleScaleWrite,
    patch: handleScaleWrite,
  },
  log: { get: handlePodLog },
  // It comes as an upgrade, which is answered before any handler is chosen.
  exec: { '*': refuseWithoutUpgrade },
  proxy: { '*': handleProxy },
  binding: { create: handleBinding },
  eviction: { create: handleEviction },
  token: { create: handleTokenRequest },
  finalize: { update: handleUpdate },
};

function refuseWithoutUpgrade(): never {
  throw badRequest('Upgrade request required: the lab speaks WebSocket');
}

/** A workload as autoscaling/v1 `Scale`. */
function toScale({ metadata, spec, status }: KubeObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: {
      replicas: status?.replicas ?? 0,
      selector: Object.entries(
        spec.selector?.matchLabels ?? spec.selector ?? {},
      )
        .map(pair => pair.join('='))
        .join(','),
    },
  };
}

async function handleScaleWrite(request: ResourceRequest): Promise<void> {
  const { cluster, message, info } = request;
  const previous = requireNamed(request);
  const body = await readObject(message);
  const scale: any =
    info.verb === 'patch'
      ? applyPatch(toScale(previous) as KubeObject, mediaTypeOf(message), body)
      : body;
  const replicas = scale.spec?.replicas ?? 0;
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw badRequest(`spec.replicas: Invalid value: ${replicas}`);
  }
  const { uid, resourceVersion } = scale.metadata ?? {};
  const stored = cluster.store.update({
    ...previous,
    metadata: { ...previous.metadata, uid, resourceVersion },
    spec: { ...previous.spec, replicas },
  });
  noteUpdate(request, previous, stored);
  sendJson(request.response, 200, toScale(stored));
}

async function handleBinding(request: ResourceRequest): Promise<void> {
  const { cluster, info, type, response } = request;
  const binding = await readObject(request.message);
  const nodeName = binding.target?.name;
  const pod = requireNamed(request);
  if (pod.spec.nodeName) {
    throw conflict(
      type,
      info.name!,
      `pod ${info.name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  }
  cluster.store.mutate('Pod', info.namespace, info.name!, stored => {
    stored.spec.nodeName = nodeName;
  });
  sendSuccess(response);
}

async function handleTokenRequest(request: ResourceRequest): Promise<void> {
  const { cluster, info, response, message } = request;
  const asked = (await readBody(message)) ?? {};
  const { boundObjectRef, expirationSeconds = 3600 } = asked.spec ?? {};
  requireNamed(request);
  const pod =
    boundObjectRef?.kind === 'Pod'
      ? cluster.store.get('Pod', info.namespace, boundObjectRef.name)
      : undefined;
  if (boundObjectRef && !pod) {
    throw badRequest(
      `cannot bind token to ${boundObjectRef.kind} "${boundObjectRef.name}": not found`,
    );
  }
  const token = cluster.access.issueServiceAccountToken(
    info.namespace!,
    info.name!,
    { pod, expirationSeconds },
  );
  sendJson(response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name: info.name, namespace: info.namespace },
    spec: { ...asked.spec, expirationSeconds },
    status: {
      token,
      expirationTimestamp: formatTime(Date.now() + expirationSeconds * 1000),
    },
  });
}
