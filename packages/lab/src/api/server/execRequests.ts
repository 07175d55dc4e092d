import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError, badRequest, notFound } from '../ApiError';
import type { UserInfo } from '../ClusterAccess';
import { typeOfKind } from '../resources';
import { describeForbidden } from './describeForbidden';
import { chooseContainer, kubeletOf, readText } from './kubeletRequests';
import { parseRequestInfo, type RequestInfo } from './RequestInfo';
import type { ServedCluster } from './ServedCluster';

/** A connection that a client wants for something else than HTTP. */
export interface UpgradeRequest {
  message: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Connects a client's `exec` WebSocket with the kubelet's, byte by byte; throws where it may not or cannot be had. */
export async function connectExec(
  cluster: ServedCluster,
  user: UserInfo,
  upgrade: UpgradeRequest,
): Promise<void> {
  const url = new URL(upgrade.message.url ?? '/', 'https://kubernetes');
  const info = parseRequestInfo('GET', url);
  if (info?.resource !== 'pods' || info.subresource !== 'exec') {
    throw badRequest('only exec can be had as a WebSocket');
  }
  // Whoever runs commands changes something, whatever the method of a WebSocket is (since 1.35).
  const attributes = { ...info, verb: 'create' };
  if (!cluster.access.authorize(user, attributes)) {
    throw describeForbidden(user, attributes);
  }
  const answer = await askKubelet(cluster, info, url.searchParams, upgrade);
  const [head, rest] = [describeAnswer(answer.message), answer.head];
  upgrade.socket.write(head);
  upgrade.socket.write(rest);
  answer.socket.write(upgrade.head);
  upgrade.socket.pipe(answer.socket).pipe(upgrade.socket);
  // Either end may be gone first.
  upgrade.socket.on('error', () => answer.socket.destroy());
  answer.socket.on('error', () => upgrade.socket.destroy());
  upgrade.socket.on('close', () => answer.socket.destroy());
}

function askKubelet(
  { store, ca, access }: ServedCluster,
  { namespace, name }: RequestInfo,
  query: URLSearchParams,
  { message }: UpgradeRequest,
): Promise<UpgradeRequest> {
  const pod = store.get('Pod', namespace, name!);
  if (!pod) {
    throw notFound(typeOfKind('Pod'), name!);
  }
  const node = store.get('Node', undefined, pod.spec.nodeName ?? '');
  if (!node) {
    throw badRequest(`pod ${name} does not have a host assigned`);
  }
  const container = chooseContainer(pod, query.get('container'));
  const { authorization: _, host: __, ...headers } = message.headers;
  return new Promise((resolve, reject) => {
    const call = httpsRequest({
      ...kubeletOf(node),
      path: `/exec/${namespace}/${name}/${container}?${query}`,
      ca: ca.certificatePem,
      agent: false,
      headers: {
        ...headers,
        authorization: `Bearer ${access.kubeletClientToken}`,
      },
    });
    call.on('upgrade', (answer, socket, head) =>
      resolve({ message: answer, socket, head }),
    );
    call.on('response', answer =>
      readText(answer).then(
        text => reject(new ApiError(answer.statusCode!, 'BadRequest', text)),
        reject,
      ),
    );
    call.on('error', error =>
      reject(
        new ApiError(
          500,
          'InternalError',
          `error dialing backend: ${error.message}`,
        ),
      ),
    );
    call.end();
  });
}

function describeAnswer({ rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n');
}
