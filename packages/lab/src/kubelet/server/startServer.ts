import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { KUBELET_PORT } from '../node/nodeObject';
import { bytesOf } from '../../faults/Faults';
import type { NodeContext } from '../NodeContext';
import { strikeNode, suffersFrom } from '../nodeFaults';
import { cutAfter } from '../../faults/cutAfter';
import type { PodWorkers } from '../pod/PodWorkers';
import { checkpointPod } from './checkpointPod';
import { execPod } from './execPod';
import { containerLogs } from './containerLogs';
import { HttpAnswer } from './HttpAnswer';
import { requestAttributes } from './requestAttributes';

/** Serves a kubelet's API on the node's address. */
export async function startServer(
  node: NodeContext,
  pods: PodWorkers,
): Promise<{ url: string; close(): Promise<void> }> {
  const { certificatePem, keyPem } = await node.cluster.ca.issue({
    commonName: `system:node:${node.nodeName}`,
    addresses: [node.nodeAddress],
    dnsNames: [node.nodeName],
  });
  const server = createServer(
    { cert: certificatePem, key: keyPem },
    (request, response) => {
      if (isCutOff(node)) {
        request.socket.destroy();
        return;
      }
      handle(node, pods, request, response).catch(error =>
        answerError(response, error),
      );
    },
  );
  // As where no kubelet runs: there is no connection over which anything could be asked.
  server.on('connection', (socket: Socket) => {
    if (isCutOff(node)) socket.destroy();
  });
  server.on('upgrade', (request, socket, head) => {
    try {
      upgrade(node, pods, { request, socket, head });
    } catch (error) {
      const { status, message } = toAnswer(error);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(
          message,
        )}\r\nConnection: close\r\n\r\n${message}`,
      );
    }
  });
  const stopListening = node.faults.onChange(() => {
    if (isCutOff(node)) {
      server.closeAllConnections();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(KUBELET_PORT, node.nodeAddress, resolve);
  });
  return {
    url: `https://${node.nodeAddress}:${KUBELET_PORT}`,
    close: () =>
      new Promise(resolve => {
        stopListening();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function upgrade(
  node: NodeContext,
  pods: PodWorkers,
  client: { request: IncomingMessage; socket: Duplex; head: Buffer },
): void {
  if (isCutOff(node)) {
    client.socket.destroy();
    return;
  }
  const url = new URL(client.request.url ?? '/', 'https://kubelet');
  authorize(node, client.request, 'GET', url.pathname);
  const [, route, ...segments] = url.pathname.split('/');
  if (route !== 'exec' || segments.length !== 3) {
    throw new HttpAnswer(404, '404 page not found\n');
  }
  const parts = segments.map(decodeURIComponent);
  execPod(node, pods, parts, url.searchParams, client);
}

async function handle(
  node: NodeContext,
  pods: PodWorkers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const method = request.method ?? '';
  authorize(node, request, method, url.pathname);

  const [, route, ...segments] = url.pathname.split('/');
  const parts = segments.map(decodeURIComponent);
  const expect = (wanted: string) => {
    if (method !== wanted) {
      throw new HttpAnswer(405, '405: Method Not Allowed');
    }
  };
  if (route === 'checkpoint' && parts.length === 3) {
    expect('POST');
    const path = await checkpointPod(node, pods, parts, url.searchParams);
    answerJson(response, { items: [path] });
  } else if (route === 'containerLogs' && parts.length === 3) {
    expect('GET');
    const log = containerLogs(node, pods, parts, url.searchParams);
    response.writeHead(200, {
      'Content-Type': 'text/plain',
      'Transfer-Encoding': 'chunked',
    });
    response.flushHeaders();
    const cut = strikeNode(node, 'log-cut');
    await pipeline(Readable.from(log), cutAfter(cut && bytesOf(cut)), response);
  } else if (route === 'pods' && parts.join('') === '') {
    expect('GET');
    const items = pods
      .list()
      .flatMap(
        ({ pod: { metadata } }) =>
          node.store.get('Pod', metadata.namespace, metadata.name) ?? [],
      );
    answerJson(response, {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: {},
      items,
    });
  } else if (route === 'healthz' && parts.length === 0) {
    expect('GET');
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok');
  } else {
    throw new HttpAnswer(404, '404 page not found\n');
  }
}

function isCutOff(node: NodeContext): boolean {
  return (
    suffersFrom(node, 'kubelet-unreachable') || suffersFrom(node, 'node-killed')
  );
}

/** By bearer token and the cluster's own rules, as with webhook authentication and authorisation. */
function authorize(
  { cluster, nodeName }: NodeContext,
  { headers }: IncomingMessage,
  method: string,
  path: string,
): void {
  const [, token = ''] = headers.authorization?.match(/^Bearer (.+)$/i) ?? [];
  const user = token ? cluster.access.authenticate(token) : undefined;
  if (!user) {
    throw new HttpAnswer(401, 'Unauthorized');
  }
  const attributes = requestAttributes(method, path, nodeName);
  if (!attributes.some(needed => cluster.access.authorize(user, needed))) {
    const subresources = attributes.map(({ subresource }) => subresource);
    throw new HttpAnswer(
      403,
      `Forbidden (user=${user.username}, verb=${
        attributes[0].verb
      }, resource=nodes, subresource(s)=[${subresources.join(' ')}])`,
    );
  }
}

function answerJson(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { 'Content-Type': 'application/json' })
    .end(JSON.stringify(body));
}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, message } = toAnswer(error);
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
    .end(message);
}

function toAnswer(error: unknown): { status: number; message: string } {
  const { message } = error as Error;
  return { status: error instanceof HttpAnswer ? error.status : 500, message };
}
