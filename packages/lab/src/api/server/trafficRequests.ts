import { request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ApiError, badRequest, notFound } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import { admitsTraffic } from '../traffic/admitsTraffic';
import { handleNodeProxy } from './kubeletRequests';
import type { ResourceRequest } from './ServedCluster';

/** `[scheme:]name[:port]`, as in `services/http:web:80/proxy/`. */
const TARGET = /^(?:https?:)?(?<name>[^:]+)(?::(?<port>[^:]*))?$/;
const CONNECT_TIMEOUT_MS = 5_000;

/** Passes a request on to a node's kubelet, a pod, or one of the ready pods of a service. */
export async function handleProxy(request: ResourceRequest): Promise<void> {
  switch (request.type.kind) {
    case 'Node':
      return handleNodeProxy(request);
    case 'Pod':
      return passOn(request, findPodTarget(request));
    default:
      return passOn(request, findServiceTarget(request));
  }
}

interface Target {
  pod: KubeObject | undefined;
  host: string;
  port: number;
}

function findPodTarget({ cluster, type, info }: ResourceRequest): Target {
  const { name, port } = parseTarget(info.name!);
  const pod = cluster.store.get('Pod', info.namespace, name);
  if (!pod) {
    throw notFound(type, name);
  }
  const [first] = pod.spec.containers.flatMap((c: any) => c.ports ?? []);
  return {
    pod,
    host: pod.status.podIP,
    port: Number(port ?? first?.containerPort ?? 80),
  };
}

/** Any ready endpoint of the service's port. */
function findServiceTarget({ cluster, type, info }: ResourceRequest): Target {
  const { name, port: asked } = parseTarget(info.name!);
  const { namespace } = info;
  const service = cluster.store.get('Service', namespace, name);
  if (!service) {
    throw notFound(type, name);
  }
  const ports: any[] = service.spec.ports ?? [];
  const port = asked
    ? ports.find(p => p.name === asked || String(p.port) === asked)
    : ports[0];
  const subsets: any[] =
    cluster.store.get('Endpoints', namespace, name)?.subsets ?? [];
  const targets = subsets.flatMap(subset =>
    (subset.addresses ?? []).map(({ ip, targetRef }: any) => ({
      pod: cluster.store.get('Pod', namespace, targetRef?.name ?? ''),
      host: ip,
      port: subset.ports?.find((p: any) => p.name === port?.name)?.port,
    })),
  );
  if (targets.length === 0) {
    throw unavailable(`no endpoints available for service "${name}"`);
  }
  return targets[Math.floor(Math.random() * targets.length)];
}

async function passOn(
  { cluster, info, query, message, response }: ResourceRequest,
  { pod, host, port }: Target,
): Promise<void> {
  const policies = cluster.store.list('NetworkPolicy', info.namespace);
  if (pod && !admitsTraffic(pod, policies, port)) {
    // What a policy forbids is not refused: nobody answers.
    throw unreachable(`dial tcp ${host}:${port}: i/o timeout`);
  }
  const path = `/${info.rest}${query.size > 0 ? `?${query}` : ''}`;
  // The client's credential is for the API server alone.
  const { authorization: _, ...headers } = message.headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = httpRequest(
      {
        host,
        port,
        path,
        method: message.method,
        headers,
        timeout: CONNECT_TIMEOUT_MS,
      },
      resolve,
    );
    call.on('timeout', () => call.destroy(new Error('i/o timeout')));
    call.on('error', error =>
      reject(unreachable(`dial tcp ${host}:${port}: ${error.message}`)),
    );
    message.pipe(call);
  });
  response.writeHead(answer.statusCode!, answer.headers);
  await pipeline(answer, response);
}

function parseTarget(text: string): { name: string; port?: string } {
  const { name, port } = TARGET.exec(text)?.groups ?? {};
  if (!name) {
    throw badRequest(`invalid service request "${text}"`);
  }
  return { name, port };
}

function unreachable(why: string): ApiError {
  return unavailable(`error trying to reach service: ${why}`);
}

function unavailable(message: string): ApiError {
  return new ApiError(503, 'ServiceUnavailable', message);
}
