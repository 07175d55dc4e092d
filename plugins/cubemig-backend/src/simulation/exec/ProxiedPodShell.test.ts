import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { passUpgrades } from './passUpgrades';
import { ProxiedPodShell } from './ProxiedPodShell';

const key = {
  cluster: 'c1',
  namespace: 'demo',
  pod: 'vuln-web-1',
  container: 'web',
};

function message(channel: number, text: string) {
  return Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);
}

/** Serves as Backstage's kubernetes plugin does, which takes upgrades as ordinary requests, and an API server behind it. */
async function startProxy(serve: (socket: WebSocket, url: URL) => void) {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: protocols => [...protocols][0],
  });
  const app = express();
  app.use(passUpgrades);
  app.get('/plain', (_req, res) => {
    res.end();
  });
  app.get('/api/kubernetes/proxy/*', (req, res) => {
    if (req.path.includes('/forbidden/')) {
      const text = JSON.stringify({ message: 'cannot "create" pods/exec' });
      res.status(403).end(text);
      return;
    }
    sockets.handleUpgrade(req, req.socket, Buffer.alloc(0), socket =>
      serve(socket, new URL(req.url, 'http://x')),
    );
  });
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shell = new ProxiedPodShell({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => `${url}/api/kubernetes`,
    }),
  });
  return { server, shell, url };
}

describe('ProxiedPodShell', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('runs a command and tells what it printed and how it ended', async () => {
    const asked: URL[] = [];
    const proxy = await startProxy((socket, url) => {
      asked.push(url);
      socket.send(message(1, 'out'));
      socket.send(message(2, 'err'));
      socket.send(
        message(
          3,
          JSON.stringify({
            status: 'Failure',
            reason: 'NonZeroExitCode',
            details: { causes: [{ reason: 'ExitCode', message: '3' }] },
          }),
        ),
      );
    });
    server = proxy.server;
    const { signal } = new AbortController();
    expect(
      await proxy.shell.run(key, ['sh', '-c', 'echo $X; exit 3'], signal),
    ).toEqual({ exitCode: 3, output: 'outerr' });
    expect(asked[0].pathname).toBe(
      '/api/kubernetes/proxy/api/v1/namespaces/demo/pods/vuln-web-1/exec',
    );
    expect(asked[0].searchParams.getAll('command')).toEqual([
      'sh',
      '-c',
      'echo $X; exit 3',
    ]);
  });

  it("gets through although the signals plugin listens to the server's upgrades", async () => {
    const proxy = await startProxy(socket =>
      socket.send(message(3, '{"status":"Success"}')),
    );
    server = proxy.server;
    const seen: string[] = [];
    await fetch(`${proxy.url}/plain`);
    server.on('upgrade', request => seen.push(request.url!));
    const { signal } = new AbortController();
    expect(await proxy.shell.run(key, ['true'], signal)).toMatchObject({
      exitCode: 0,
    });
    expect(seen).toHaveLength(1);
  });

  it('says what was refused, and what to do', async () => {
    const proxy = await startProxy(() => {});
    server = proxy.server;
    const { signal } = new AbortController();
    await expect(
      proxy.shell.run({ ...key, namespace: 'forbidden' }, ['true'], signal),
    ).rejects.toMatchObject({
      problem: {
        code: 'exec-forbidden',
        message: expect.stringContaining('cannot "create" pods/exec'),
        remedy: expect.stringContaining('deploy/examples/simulation.yaml'),
      },
    });
  });

  it.each<[string, (socket: WebSocket) => void, string]>([
    ['an end without a status', socket => socket.close(), 'closed'],
    ['nonsense', socket => socket.send(message(3, 'x')), 'not understood'],
    ['silence', () => {}, 'took too long'],
  ])('fails at %s', async (_name, serve, text) => {
    const proxy = await startProxy(serve);
    server = proxy.server;
    await expect(
      proxy.shell.run(key, ['true'], AbortSignal.timeout(500)),
    ).rejects.toThrow(text);
  });
});
