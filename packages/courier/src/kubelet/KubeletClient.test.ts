import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { RunningKubelet, startKubelet } from '../__testUtils__/startKubelet';
import { KubeletClient, KubeletSilence } from './KubeletClient';

const container = { namespace: 'n', pod: 'p', container: 'c' };
const path = '/var/lib/kubelet/checkpoints/checkpoint-p_n-c-1.tar';
const never = new AbortController().signal;

describe('KubeletClient', () => {
  let kubelet: RunningKubelet;
  let asked: number;
  const closing: { close(): unknown }[] = [];

  beforeEach(async () => {
    kubelet = await startKubelet();
    asked = 0;
    kubelet.answer = async () => {
      asked += 1;
      return { status: 200, body: JSON.stringify({ items: [path] }) };
    };
  });
  afterEach(async () => {
    await Promise.all(closing.splice(0).map(item => item.close()));
    kubelet.stop();
  });

  function open(port: number, change: { ca?: string; awaySeconds?: number }) {
    const client = new KubeletClient({
      url: `https://127.0.0.1:${port}`,
      token: 't',
      ca: kubelet.ca,
      timeoutSeconds: 10,
      ...change,
    });
    closing.push(client);
    return client;
  }

  /** A way to the kubelet that is cut so many times before anything comes through. */
  async function startGate(cuts: number): Promise<number> {
    const sockets = new Set<Socket>();
    let connections = 0;
    const gate: Server = createServer(socket => {
      connections += 1;
      if (connections <= cuts) {
        socket.destroy();
        return;
      }
      const onward = new Socket().connect(kubelet.port, '127.0.0.1');
      sockets.add(socket.on('error', () => {})).add(onward);
      onward.on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>(resolve => {
      gate.listen(0, '127.0.0.1', resolve);
    });
    closing.push({
      close: () => {
        sockets.forEach(socket => socket.destroy());
        gate.close();
      },
    });
    return (gate.address() as AddressInfo).port;
  }

  it('waits for a kubelet that is away, and asks it once', async () => {
    const client = open(await startGate(2), {});
    expect(await client.checkpoint(container, never)).toBe(path);
    expect(asked).toBe(1);
  });

  it('gives up on one that stays away, and has asked nothing', async () => {
    const client = open(await startGate(Infinity), { awaySeconds: 0.6 });
    const asking = client.checkpoint(container, never);
    await expect(asking).rejects.toThrow(/cannot be asked: .*\(for 0.6 s\)/);
    await expect(asking).rejects.not.toBeInstanceOf(KubeletSilence);
    expect(asked).toBe(0);
  });

  it('waits for one behind the proxy of the API server', async () => {
    let away = 2;
    const { answer } = kubelet;
    kubelet.answer = async request => {
      away -= 1;
      return away < 0
        ? answer(request)
        : {
            status: 503,
            body: 'error trying to reach service: dial tcp 10.0.0.4:10250: connect: connection refused',
          };
    };
    const client = open(kubelet.port, {});
    expect(await client.checkpoint(container, never)).toBe(path);
    expect(asked).toBe(1);
  });

  it('asks no second time once it was asked', async () => {
    kubelet.answer = async () => {
      asked += 1;
      return { status: 0, body: '' };
    };
    const asking = open(kubelet.port, {}).checkpoint(container, never);
    await expect(asking).rejects.toThrow('fell silent');
    await expect(asking).rejects.toBeInstanceOf(KubeletSilence);
    expect(asked).toBe(1);
  });

  it('does not wait for another certificate', async () => {
    const stranger = await startKubelet();
    closing.push({ close: () => stranger.stop() });
    const client = open(stranger.port, {});
    await expect(client.checkpoint(container, never)).rejects.toThrow(
      'self-signed',
    );
  });

  it('stops waiting when it is told to', async () => {
    const stop = new AbortController();
    const client = open(await startGate(Infinity), {});
    const asking = client.checkpoint(container, stop.signal);
    stop.abort(new Error('Stopped by SIGTERM'));
    await expect(asking).rejects.toThrow('Stopped by SIGTERM');
  });
});
