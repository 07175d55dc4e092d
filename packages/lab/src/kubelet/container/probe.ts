import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';

interface ProbeTarget {
  podIP: string;
  /** The container's `ports`, for probes that name one. */
  ports: { name?: string; containerPort: number }[];
}

/** Probes once. Undefined means success, anything else is what went wrong. `exec` and `grpc` probes always succeed: the lab has neither. */
export async function probeOnce(
  probe: any,
  target: ProbeTarget,
): Promise<string | undefined> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  const { httpGet, tcpSocket } = probe;
  if (httpGet) {
    return probeHttp(httpGet, target, timeoutMs);
  }
  if (tcpSocket) {
    const port = portOf(tcpSocket.port, target);
    return probeTcp(tcpSocket.host ?? target.podIP, port, timeoutMs);
  }
  return undefined;
}

function probeHttp(
  { host, port, path = '/', scheme = 'HTTP', httpHeaders = [] }: any,
  target: ProbeTarget,
  timeout: number,
): Promise<string | undefined> {
  const send = scheme === 'HTTPS' ? httpsRequest : httpRequest;
  const number = portOf(port, target);
  const address = host ?? target.podIP;
  return new Promise(resolve => {
    const request = send(
      {
        host: address,
        port: number,
        path,
        timeout,
        // As a kubelet, which does not know a pod's authority.
        rejectUnauthorized: false,
        headers: Object.fromEntries(
          httpHeaders.map(({ name, value }: any) => [name, value]),
        ),
      },
      response => {
        response.resume();
        const status = response.statusCode ?? 0;
        resolve(
          status >= 200 && status < 400
            ? undefined
            : `HTTP probe failed with statuscode: ${status}`,
        );
      },
    );
    request.on('timeout', () =>
      request.destroy(new Error('context deadline exceeded')),
    );
    request.on('error', error =>
      resolve(
        `Get "${scheme.toLowerCase()}://${address}:${number}${path}": ${
          error.message
        }`,
      ),
    );
    request.end();
  });
}

function probeTcp(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const finish = (failure?: string) => {
      socket.destroy();
      resolve(failure);
    };
    socket.on('connect', () => finish());
    socket.on('timeout', () => finish(`dial tcp ${host}:${port}: i/o timeout`));
    socket.on('error', error =>
      finish(`dial tcp ${host}:${port}: ${error.message}`),
    );
  });
}

function portOf(port: number | string, { ports }: ProbeTarget): number {
  return typeof port === 'number'
    ? port
    : ports.find(({ name }) => name === port)?.containerPort ?? Number(port);
}
