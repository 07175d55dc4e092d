import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { ProblemError } from '../../failures';
import { CommandResult, ContainerKey, PodShell } from './PodShell';
import { readStatus } from './readStatus';

/** What v5 adds to v4, closing single streams, is not needed here: an older API server will do. */
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** The first byte of a message says which stream it is of (k8s.io/apimachinery/pkg/util/remotecommand). */
const CHANNELS = { output: 1, error: 2, status: 3 };
const MAX_OUTPUT = 16 * 1024;
const MAX_MESSAGE = 1024 * 1024;

/** Runs commands through the kubernetes plugin's proxy, over a WebSocket, as `kubectl exec` does. */
export class ProxiedPodShell implements PodShell {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  async run(key: ContainerKey, command: string[], signal: AbortSignal) {
    const socket = await this.open(key, command);
    return new Promise<CommandResult>((resolve, reject) => {
      let output = '';
      const fail = (message: string) => {
        socket.terminate();
        reject(cannotRun(key, message));
      };
      const stop = () => fail('it took too long');
      signal.addEventListener('abort', stop, { once: true });
      socket.on('message', (data: Buffer) => {
        const text = data.subarray(1).toString('utf8');
        if (data[0] === CHANNELS.status) {
          const status = readStatus(text);
          if ('problem' in status) {
            fail(status.problem);
          } else {
            resolve({ exitCode: status.exitCode, output });
            socket.close();
          }
        } else if (data[0] === CHANNELS.output || data[0] === CHANNELS.error) {
          output = (output + text).slice(0, MAX_OUTPUT);
        }
      });
      socket.on('unexpected-response', (_request, response) => {
        readRefusal(response).then(fail, error => fail(error.message));
      });
      socket.on('error', error => fail(error.message));
      socket.on('close', () => {
        signal.removeEventListener('abort', stop);
        reject(cannotRun(key, 'the connection was closed before its end'));
      });
      if (signal.aborted) stop();
    });
  }

  private async open(key: ContainerKey, command: string[]) {
    const { auth, discovery } = this.options;
    const baseUrl = await discovery.getBaseUrl('kubernetes');
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    const query = new URLSearchParams([
      ...command.map(word => ['command', word]),
      ['container', key.container],
      ['stdout', 'true'],
      ['stderr', 'true'],
    ]);
    const pod = `namespaces/${encodeURIComponent(
      key.namespace,
    )}/pods/${encodeURIComponent(key.pod)}`;
    return new WebSocket(
      `${baseUrl.replace(/^http/, 'ws')}/proxy/api/v1/${pod}/exec?${query}`,
      PROTOCOLS,
      {
        headers: {
          Authorization: `Bearer ${token}`,
          'Backstage-Kubernetes-Cluster': key.cluster,
        },
        maxPayload: MAX_MESSAGE,
        handshakeTimeout: 15_000,
      },
    );
  }
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) {
    text += chunk;
    if (text.length > 4096) break;
  }
  const said = /"message":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return `the cluster answered ${response.statusCode}${
    said ? `: ${JSON.parse(said)}` : ''
  }`;
}

function cannotRun({ cluster, namespace, pod }: ContainerKey, why: string) {
  const isForbidden = /\b403\b|forbidden/i.test(why);
  return new ProblemError({
    code: isForbidden ? 'exec-forbidden' : 'exec-failed',
    message: `No command can be run in ${namespace}/${pod} of '${cluster}': ${why.slice(
      0,
      500,
    )}.`,
    remedy: isForbidden
      ? `Give Backstage's ServiceAccount the Role of deploy/examples/simulation.yaml in the namespace '${namespace}' of '${cluster}'.`
      : 'Check that the pod runs and that the image has a shell, then try again.',
  });
}
