import type { IncomingMessage } from 'node:http';
import { PassThrough, type Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { NodeContext } from '../NodeContext';
import type { PodWorkers } from '../pod/PodWorkers';
import { HttpAnswer } from './HttpAnswer';

/** The newest first; in `v5` a client can also say that its input has ended. */
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** The first byte of a message says what it is for (k8s.io/apimachinery, util/remotecommand). */
const CHANNELS = { input: 0, output: 1, error: 2, status: 3, close: 255 };

const server = new WebSocketServer({
  noServer: true,
  handleProtocols: offered =>
    PROTOCOLS.find(protocol => offered.has(protocol)) ?? false,
});

/** `GET /exec/{namespace}/{pod}/{container}?command=...` as a WebSocket (pkg/kubelet/server/server.go, getExec). */
export function execPod(
  node: NodeContext,
  pods: PodWorkers,
  [namespace, podName, container]: string[],
  query: URLSearchParams,
  upgrade: { request: IncomingMessage; socket: Duplex; head: Buffer },
): void {
  const worker = pods.find(namespace, podName);
  if (!worker) {
    throw new HttpAnswer(404, `pod does not exist`);
  }
  const containerId = worker.runningContainer(container);
  if (!containerId) {
    throw new HttpAnswer(404, `container not found ("${container}")`);
  }
  const offered = upgrade.request.headers['sec-websocket-protocol'] ?? '';
  if (!PROTOCOLS.some(protocol => offered.includes(protocol))) {
    throw new HttpAnswer(400, `the lab speaks ${PROTOCOLS.join(' and ')}`);
  }
  const { request, socket, head } = upgrade;
  server.handleUpgrade(request, socket, head, webSocket => {
    const asksFor = (...names: string[]) =>
      names.some(name => ['true', '1'].includes(query.get(name) ?? ''));
    const client = new AbortController();
    webSocket.on('close', () => client.abort());
    const send = (channel: number, bytes: Buffer | string) =>
      webSocket.send(Buffer.concat([Buffer.of(channel), Buffer.from(bytes)]));
    node.runtime
      .executeCommand(containerId, query.getAll('command'), {
        ...(asksFor('stdin', 'input') ? { input: readInput(webSocket) } : {}),
        hasTerminal: asksFor('tty'),
        signal: client.signal,
        output: bytes => send(CHANNELS.output, bytes),
        error: bytes => send(CHANNELS.error, bytes),
      })
      .then(describeExit, describeFailure)
      .then(status => {
        send(CHANNELS.status, JSON.stringify(status));
        webSocket.close(1000);
      });
  });
}

function readInput(webSocket: WebSocket): PassThrough {
  const input = new PassThrough();
  webSocket.on('message', (message: Buffer) => {
    if (message[0] === CHANNELS.input) {
      input.write(message.subarray(1));
    } else if (message[0] === CHANNELS.close) {
      input.end();
    }
  });
  webSocket.on('close', () => input.end());
  return input;
}

function describeExit(exitCode: number) {
  return exitCode === 0
    ? { metadata: {}, status: 'Success' }
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: exit status ${exitCode}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: `${exitCode}` }] },
      };
}

function describeFailure({ message }: Error) {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: error executing command in container: ${message}`,
    reason: 'InternalError',
    details: { causes: [{ message }] },
    code: 500,
  };
}
