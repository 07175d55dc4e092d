import { ProcessNode, reportSchema } from '@cubemig/plugin-cubemig-common';
import { readReport } from '..';
import { fixtureNames, openFixture, readFixture } from '../__testUtils__';

/** What checkpointctl 1.5 prints. With nginx's environment it fails, so that one was recorded without. */
function readOracle(name: string) {
  const file =
    name === 'c-nginx' ? 'c-nginx.inspect-noenv.json' : `${name}.inspect.json`;
  const [oracle] = JSON.parse(readFixture(file));
  // Its order of children changes from run to run.
  sortChildren(oracle.process_tree);
  return oracle;
}

function sortChildren(node: ProcessNode): void {
  node.children?.sort((a, b) => a.pid - b.pid);
  node.children?.forEach(sortChildren);
}

describe('readReport', () => {
  it.each(fixtureNames)('says of %s what checkpointctl says', async name => {
    const checkpoint = await openFixture(name);
    const report = await readReport(checkpoint, { secrets: 'shown' });
    checkpoint.archive.close();

    const oracle = readOracle(name);
    for (const key of Object.keys(oracle)) {
      expect({ [key]: report[key as keyof typeof report] }).toEqual({
        [key]: oracle[key],
      });
    }
    expect(report.warnings).toEqual([]);
  });

  it.each(fixtureNames)('keeps to the schema with %s', async name => {
    const checkpoint = await openFixture(name);
    const report = await readReport(checkpoint);
    checkpoint.archive.close();
    expect(() => reportSchema.parse(report)).not.toThrow();
  });

  it('reads the title that nginx wrote over its arguments and environment', async () => {
    const report = await readReport(await openFixture('c-nginx'));
    expect(report.processes.map(p => p.title)).toEqual([
      'nginx: master process nginx -g daemon off;',
      'nginx: worker process',
      'nginx: worker process',
    ]);
    expect(report.processes[1]).toMatchObject({
      exe: '/usr/sbin/nginx',
      uid: 33,
      capabilities: [],
    });
  });

  it('reads only what is asked for', async () => {
    const report = await readReport(await openFixture('a-counter'), {
      sections: {
        statistics: false,
        metadata: false,
        environment: false,
        mounts: false,
        rootfs: false,
      },
    });
    expect(report).not.toHaveProperty('statistics');
    expect(report).not.toHaveProperty('metadata');
    expect(report).not.toHaveProperty('mounts');
    expect(report).not.toHaveProperty('rootfs_changes');
    expect(report.process_tree).not.toHaveProperty('environment_variables');
    expect(report.process_tree?.cmdline).toMatch(/^sh -c i=0/);
  });

  it('shows one process and those below it', async () => {
    const checkpoint = await openFixture('e-attacked');
    const report = await readReport(checkpoint, { pid: 28 });
    expect(report.process_tree).toMatchObject({
      pid: 28,
      children: [{ pid: 31, command: 'sleep' }],
    });
    await expect(readReport(checkpoint, { pid: 99 })).rejects.toThrow(
      'no process 99: there are 1, 3, ',
    );
  });

  it('hides secrets wherever they turn up', async () => {
    const shown = await readReport(await openFixture('e-attacked'), {
      secrets: 'shown',
    });
    const masked = await readReport(await openFixture('e-attacked'));
    expect(JSON.stringify(shown)).toContain('hunter2');
    expect(JSON.stringify(masked)).not.toContain('hunter2');
    expect(masked.process_tree?.environment_variables?.DB_URL).toBe(
      'postgres://shop:******@db.internal/shop',
    );
  });

  it('hides secrets that the process itself has written over', async () => {
    const masked = await readReport(await openFixture('b-redis'));
    expect(JSON.stringify(masked)).not.toMatch(/Sup3rS3cret|tok_live/);
  });

  it('tells what was allowed, and which ports the pod declares', async () => {
    const { security } = await readReport(await openFixture('e-attacked'));
    expect(security).toMatchObject({
      privileged: false,
      host_namespaces: [],
      host_mounts: [],
      service_account_token: true,
      declared_ports: [{ port: 8080, protocol: 'TCP' }],
    });
  });

  it('tells the queues of a TCP connection and the peers of unix sockets', async () => {
    const python = await readReport(await openFixture('d-python-tcp'));
    expect(python.connections).toContainEqual({
      pid: 1,
      fd: 4,
      family: 'IPV4',
      protocol: 'TCP',
      state: 'ESTABLISHED',
      local: { address: '10.78.1.16', port: 8000 },
      remote: { address: '10.77.0.1', port: 47236 },
      inode: expect.any(Number),
      send_queue: expect.any(Number),
      receive_queue: expect.any(Number),
    });
    const nginx = await readReport(await openFixture('c-nginx'));
    const unix = nginx.connections.filter(c => c.family === 'UNIX');
    expect(unix[0].peer_inode).toBe(unix[1].inode);
  });

  it("reads the container's log of every engine", async () => {
    const crio = await readReport(await openFixture('f-duo-producer'), {
      logLines: 2,
    });
    expect(crio.log?.lines).toBeGreaterThan(1000);
    expect(crio.log?.tail).toHaveLength(2);
    expect(crio.log?.tail[1].text).toMatch(/^produced \d+$/);
    const containerd = await readReport(
      await openFixture('h-containerd-counter'),
    );
    expect(containerd.log?.tail[0]).toMatchObject({
      stream: 'stdout',
      text: 'count 0',
    });
  });

  it('joins the parts of long lines', async () => {
    const { log } = await readReport(await openFixture('e-attacked'));
    expect(log?.tail[0].text).toMatch(
      /^request \/ping\?host=x.*%3E%20\/tmp\/f$/,
    );
  });

  it('finds the problems in dump.log and says what they mean', async () => {
    const { dump_log } = await readReport(await openFixture('a-counter'));
    expect(dump_log).toEqual([
      {
        level: 'error',
        line: 22,
        seconds: 0.001936,
        source: 'criu/util.c:1534',
        message: expect.stringContaining('RLIMIT_NOFILE'),
        meaning: expect.any(String),
        harmless: true,
      },
      expect.objectContaining({ level: 'warning', line: 791, harmless: true }),
    ]);
  });
});
