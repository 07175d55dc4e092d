import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '../testing/request';
import { waitUntil } from '../testing/waitUntil';
import { parseOptions } from './parseOptions';
import { startLab, type LabInfo } from './startLab';

const MANIFEST = join(__dirname, '__fixtures__/cubemig.yaml');

describe('startLab', () => {
  const errors: unknown[] = [];
  let stateDir: string;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'cubemig-lab-'));
  });

  afterEach(async () => {
    await rm(stateDir, { recursive: true, force: true });
  });

  const start = (portBase: number, ...args: string[]) =>
    startLab(
      parseOptions([
        ...['--state-dir', stateDir],
        ...['--port-base', String(portBase)],
        // Away from where developers run theirs.
        ...['--subnet', String(100 + Math.floor(Math.random() * 100))],
        ...args,
      ]),
      (_component, error) => errors.push(error),
    );
  const freePorts = () => 20_000 + Math.floor(Math.random() * 10_000);

  it('starts two clusters of two nodes that run pods, and says where they are', async () => {
    const lab = await start(freePorts(), '--apply', MANIFEST);
    try {
      const info: LabInfo = JSON.parse(await readFile(lab.infoFile, 'utf8'));
      expect((await stat(lab.infoFile)).mode % 0o1000).toBe(0o600);
      expect((await stat(info.kubeconfig)).mode % 0o1000).toBe(0o600);
      for (const { url, caFile, backstageToken } of info.clusters) {
        const cluster = {
          apiServer: { port: Number(new URL(url).port) },
          ca: { certificatePem: await readFile(caFile, 'utf8') },
        };
        const list = async (path: string) =>
          (await request(cluster, path, { token: backstageToken })).body.items;
        await waitUntil('both nodes are ready', async () => {
          const nodes = await list('/api/v1/nodes');
          return (
            nodes.length === 2 &&
            nodes.every(({ status }: any) =>
              status.conditions.some(
                (c: any) => c.type === 'Ready' && c.status === 'True',
              ),
            )
          );
        });
        await waitUntil('the pod runs', async () => {
          const [pod] = await list('/api/v1/namespaces/cubemig/pods');
          return pod?.status.phase === 'Running';
        });
      }
    } finally {
      await lab.close();
    }
    expect(errors).toEqual([]);
  });

  it('leaves nothing running when a port is taken', async () => {
    const taken = createServer().listen(freePorts(), '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    try {
      await expect(start(port - 2)).rejects.toMatchObject({
        code: 'EADDRINUSE',
        port,
      });
      const registry = createServer().listen(port - 2, '127.0.0.1');
      await once(registry, 'listening');
      registry.close();
    } finally {
      taken.close();
    }
  });
});
