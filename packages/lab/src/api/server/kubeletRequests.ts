import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ApiError, badRequest } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import type { ResourceRequest, ServedCluster } from './ServedCluster';
import { requireNamed } from './readRequests';

/** Passes a request on to a node's kubelet, in the API server's own name. */
export async function handleNodeProxy(request: ResourceRequest): Promise<void> {
  const { cluster, info, message, response, query } = request;
  const answer = await callKubelet(
    cluster,
    requireNamed(request),
    `/${info.rest}?${query}`,
    message,
  );
  const { 'content-type': type = 'text/plain' } = answer.headers;
  response.writeHead(answer.statusCode!, { 'content-type': type });
  await pipeline(answer, response);
}

/** Streams a container's log from its kubelet. */
export async function handlePodLog(request: ResourceRequest): Promise<void> {
  const { cluster, info, query, response } = request;
  const pod = requireNamed(request);
  const container = chooseContainer(pod, query.get('container'));
  const node = cluster.store.get('Node', undefined, pod.spec.nodeName ?? '');
  if (!node) {
    throw badRequest(`pod ${info.name} does not have a host assigned`);
  }
  const passed = new URLSearchParams(query);
  passed.delete('container');
  const answer = await callKubelet(
    cluster,
    node,
    `/containerLogs/${info.namespace}/${info.name}/${container}?${passed}`,
  );
  if (answer.statusCode !== 200) {
    throw badRequest((await readText(answer)).trim());
  }
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  // Who stops following closes the stream too early: that is no error.
  await pipeline(answer, response).catch(() => answer.destroy());
}

export function chooseContainer(pod: KubeObject, asked: string | null): string {
  const { name } = pod.metadata;
  const names: string[] = ['initContainers', 'containers'].flatMap(list =>
    (pod.spec[list] ?? []).map((container: any) => container.name),
  );
  if (asked) {
    if (!names.includes(asked)) {
      throw badRequest(`container ${asked} is not valid for pod ${name}`);
    }
    return asked;
  }
  const preferred =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (preferred && names.includes(preferred)) {
    return preferred;
  }
  if (names.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${names.join(
        ' ',
      )}]`,
    );
  }
  return names[0];
}

function callKubelet(
  { access, ca }: ServedCluster,
  node: KubeObject,
  path: string,
  forwarded?: IncomingMessage,
): Promise<IncomingMessage> {
  const { host, port } = kubeletOf(node);
  return new Promise((resolve, reject) => {
    const call = httpsRequest(
      {
        host,
        port,
        path,
        method: forwarded?.method ?? 'GET',
        ca: ca.certificatePem,
        headers: { authorization: `Bearer ${access.kubeletClientToken}` },
      },
      resolve,
    );
    call.on('error', error =>
      reject(
        new ApiError(
          503,
          'ServiceUnavailable',
          `error trying to reach service: ${error.message}`,
        ),
      ),
    );
    if (forwarded) {
      forwarded.pipe(call);
    } else {
      call.end();
    }
  });
}

/** Where a node's kubelet listens. */
export function kubeletOf({ status }: KubeObject) {
  const { address } =
    status?.addresses?.find(
      ({ type }: { type: string }) => type === 'InternalIP',
    ) ?? {};
  const port: number = status?.daemonEndpoints?.kubeletEndpoint?.Port;
  return { host: address as string, port };
}

export async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
