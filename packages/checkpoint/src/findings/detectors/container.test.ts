import { examine } from '..';
import { openChanged, openFixture } from '../../__testUtils__';
import { Checkpoint } from '../../report';
import {
  factsOf,
  find,
  severityOf,
  tell,
  withFile,
  withProcess,
} from '../__testUtils__/facts';

describe('deleted-executable', () => {
  it('sees a program that only exists in memory', async () => {
    const facts = await withProcess({ exe: '/memfd:x', exe_deleted: true });
    expect(severityOf(find(facts, 'deleted-executable'))).toEqual(['critical']);
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
