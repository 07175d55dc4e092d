import { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { selfSign } from '@cubemig/oci/testUtils';

export interface KubeletAnswer {
  /** 0: the connection is cut. */
  status: number;
  body: string;
}

export interface RunningKubelet {
  port: number;
  /** PEM of what clients must trust. */
  ca: string;
  /** To be set by the test. */
  answer: (request: IncomingMessage) => Promise<KubeletAnswer>;
  stop(): void;
}

/** The kubelet's side of the checkpoint API over TLS, with whatever answers a test wants. */
export async function startKubelet(): Promise<RunningKubelet> {
  const { certificate, key } = await selfSign('kubelet');
  const server = createServer({ cert: certificate, key });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const kubelet: RunningKubelet = {
    port: (server.address() as AddressInfo).port,
    ca: certificate,
    answer: async () => ({ status: 503, body: '' }),
    stop: () => server.close(),
  };
  server.on('request', async (request, response) => {
    const { status, body } = await kubelet.answer(request);
    if (status === 0) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status).end(body);
  });
  return kubelet;
}
