import { WebSocket } from 'ws';
import { TestNode, TestNodes } from '../testing/TestNodes';
import { ADMIN_TOKEN } from '../../testing/startTestCluster';
import { waitUntil } from '../../testing/waitUntil';

interface Said {
  output: string;
  error: string;
  status: any;
}

describe('exec through the API server', () => {
  let all: TestNodes;
  let node: TestNode;
  let pod: string;

  beforeAll(async () => {
    all = await TestNodes.start(171);
    [node] = all.nodes;
    pod = node.run(
      {
        image: 'registry.lab/demo/counter:1',
        env: [{ name: 'GREETING', value: 'hello' }],
        volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      },
      { volumes: [{ name: 'scratch', emptyDir: {} }] },
    );
    await waitUntil('it counts', () => node.linesOf(pod).length > 0);
  });

  afterAll(() => all.close());

  const exec = (
    argv: string[],
    {
      input,
      token = ADMIN_TOKEN,
      protocol = 'v5.channel.k8s.io',
    }: { input?: string; token?: string; protocol?: string } = {},
  ): Promise<Said> => {
    const query = new URLSearchParams(argv.map(word => ['command', word]));
    query.set('stdin', String(input !== undefined));
    const { port } = node.cluster.apiServer;
    const webSocket = new WebSocket(
      `wss://127.0.0.1:${port}/api/v1/namespaces/default/pods/${pod}/exec?${query}`,
      [protocol],
      {
        ca: node.cluster.ca.certificatePem,
        headers: { authorization: `Bearer ${token}` },
      },
    );
    const said: Said = { output: '', error: '', status: undefined };
    return new Promise((resolve, reject) => {
      webSocket.on('open', () => {
        if (input !== undefined) {
          webSocket.send(Buffer.concat([Buffer.of(0), Buffer.from(input)]));
          webSocket.send(Buffer.of(255, 0));
        }
      });
      webSocket.on('message', (message: Buffer) => {
        const text = message.subarray(1).toString();
        if (message[0] === 3) {
          said.status = JSON.parse(text);
        } else {
          said[message[0] === 1 ? 'output' : 'error'] += text;
        }
      });
      webSocket.on('close', () => resolve(said));
      webSocket.on('error', reject);
    });
  };

  it.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])(
    'runs a command over %s',
    async protocol => {
      const { output, status } = await exec(['cat', '/proc/1/cmdline'], {
        protocol,
      });
      expect([output, status.status]).toEqual(['counter\0', 'Success']);
    },
  );

  it.each([
    ['echo "$GREETING" ${GREETING}s', 'hello hellos\n'],
    ["echo '$GREETING' | cat", '$GREETING\n'],
    ['false && echo no || echo yes; pwd', 'yes\n/\n'],
    [
      'echo one > /scratch/a; echo two >> /scratch/a; cat /scratch/a',
      'one\ntwo\n',
    ],
    ['ls /scratch', 'a\n'],
    ['cat /etc/os-release | head -n 1', 'NAME="CubeMig lab"\n'],
  ])('runs the script %s', async (script, expected) => {
    const { output, status } = await exec(['sh', '-c', script]);
    expect([output, status.status]).toEqual([expected, 'Success']);
  });

  it('shows the processes, and passes input on', async () => {
    expect((await exec(['ps'])).output).toContain('1       0 counter');
    expect((await exec(['sh'], { input: 'hostname\nexit\n' })).output).toBe(
      `${pod}\n`,
    );
    expect((await exec(['cat'], { input: 'back' })).output).toBe('back');
  });

  it('tells exit codes and what it does not have', async () => {
    const missing = await exec(['cat', '/none']);
    expect(missing).toMatchObject({
      error: 'cat: /none: No such file or directory\n',
      status: {
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: '1' }] },
      },
    });
    const unknown = await exec(['python3']);
    expect(unknown.status.message).toContain(
      'executable file `python3` not found',
    );
    expect((await exec(['sh', '-c', 'echo $(ls'])).error).toContain(
      'syntax error',
    );
  });

  it('is for those who may', async () => {
    const token = node.cluster.access.issueServiceAccountToken(
      'default',
      'default',
    );
    await expect(exec(['ls'], { token })).rejects.toThrow('403');
  });
});
