import { mockCredentials } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../__testUtils__/runCli';
import { startApi } from '../__testUtils__/startApi';

describe('commands over the API', () => {
  let api: Awaited<ReturnType<typeof startApi>>;
  let home: string;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    api = await startApi();
    home = await mkdtemp(join(tmpdir(), 'cubemig-cli-'));
    environment = {
      XDG_CONFIG_HOME: home,
      CUBEMIG_URL: api.server,
      CUBEMIG_TOKEN: mockCredentials.user.token(),
    };
  });
  afterAll(async () => {
    await api?.stop();
    await rm(home, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runCli(args, { environment });

  async function failedMigration(): Promise<string> {
    const { out } = await run('migrate', 'counter', '-o', 'json');
    return JSON.parse(out).id;
  }

  it('pods: lists them in all clusters, or in one', async () => {
    const all = await run('pods');
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/^c1 +demo +counter +Running/m);
    const none = await run('pods', 'c2', '-o', 'json');
    expect(JSON.parse(none.out)).toEqual([]);
  });

  it('plan: says what stands against a migration, and so does the exit code', async () => {
    const plan = await run('plan', 'counter');
    expect(plan.out).toContain('move demo/counter: c1 -> c2');
    expect(plan.out).toContain('blocker:');
    expect(plan.code).toBe(7);
    // Nothing that cannot be done is listed.
    const nowhere = await run('plan', 'counter', '--dest-cluster', 'c9');
    expect(nowhere.out).toMatch(/^move demo\/counter: c1 -> c9\n\nblocker:/);
    const json = await run('plan', 'counter', '-o', 'json');
    expect(JSON.parse(json.out).blockers.length).toBeGreaterThan(0);
  });

  it('migrate: follows it to its end, tells why it failed and keeps its files', async () => {
    const logDir = join(home, 'logs');
    const ran = await run('migrate', 'counter', '--log-dir', logDir);
    expect(ran.code).toBe(5);
    expect(ran.err).toContain('move demo/counter: c1 -> c2');
    expect(ran.err).toMatch(/^error: .*forbidden/im);
    expect(ran.out).toContain('Failed in the step preflight:');
    expect(ran.out).toContain('cluster-forbidden');
    const [folder] = readdirSync(logDir);
    expect(readdirSync(join(logDir, folder)).sort()).toEqual([
      'migration_log.txt',
      'migration_result.json',
      'performance_summary.txt',
    ]);
    const result = readFileSync(
      join(logDir, folder, 'migration_result.json'),
      'utf8',
    );
    expect(JSON.parse(result)).toMatchObject({ status: 'failed' });
  });

  it('migrate: repaints its steps on a terminal', async () => {
    const { err } = await runCli(['migrate', 'counter'], {
      environment,
      isTTY: true,
    });
    expect(err).toMatch(/✘.* preflight/);
    expect(err).toMatch(/-.* restore/);
  });

  it('migrate: refuses what it cannot find or the API does not accept', async () => {
    const none = await run('migrate', 'nobody');
    expect(none).toMatchObject({ code: 3, out: '' });
    expect(none.err).toContain('There is no pod or workload "nobody"');
    const wrong = await run('migrate', 'counter', '--dest-cluster', 'c9');
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain(
      "targetCluster: Backstage knows no cluster 'c9'",
    );
    const usage = await run('migrate', 'counter', '--mode', 'teleport');
    expect(usage.code).toBe(2);
  });

  it('status and migrations: find it again', async () => {
    const id = await failedMigration();
    const status = await run('status', 'counter');
    expect(status.code).toBe(5);
    expect(status.out).toContain(id);
    const same = await run('status', id, '-o', 'json', '--follow');
    expect(JSON.parse(same.out).id).toBe(id);

    const list = await run('migrations', '--status', 'failed', '--limit', '1');
    expect(list.out).toMatch(new RegExp(`^${id} +failed +move`, 'm'));
    const none = await run('migrations', '--status', 'completed', '-o', 'json');
    expect(JSON.parse(none.out)).toEqual({ items: [], total: 0 });
  });

  it('logs: shows the log, lists the files and says which there are', async () => {
    const id = await failedMigration();
    const log = await run('logs', id);
    expect(log.out).toMatch(/ERROR +\[preflight\]/);
    const files = await run('logs', id, '--files');
    expect(files.out).toMatch(/^migration_result.json +result$/m);
    const missing = await run('logs', id, '--file', 'passwd');
    expect(missing.code).toBe(3);
    expect(missing.err).toContain('It has migration_log.txt');
  });

  it('retry: starts a failed one again, as the next attempt', async () => {
    const id = await failedMigration();
    const again = await run('retry', id, '-o', 'json');
    expect(again.code).toBe(5);
    expect(JSON.parse(again.out)).toMatchObject({
      attempt: 2,
      trigger: { kind: 'retry', of: id },
    });
  });

  it('cancel: stops one under way, and not one that is over', async () => {
    api.shutGate();
    const started = await run('migrate', 'counter', '--detach');
    const id = started.out.trim();
    const cancelling = run('cancel', id);
    const isAsked = async () => {
      const { out } = await run('status', id, '-o', 'json');
      return 'cancelledBy' in JSON.parse(out);
    };
    while (!(await isAsked()));
    api.openGate();
    const cancelled = await cancelling;
    expect(cancelled.out).toContain('was cancelled');
    expect(cancelled.code).toBe(0);
    expect((await run('status', id)).code).toBe(6);

    const late = await run('cancel', id);
    expect(late.code).toBe(3);
    expect(late.err).toContain('cancelled already');
  });

  it('restore: wants a migration that has checkpoints', async () => {
    const id = await failedMigration();
    const ran = await run('restore', id);
    expect(ran.code).toBe(3);
    expect(ran.err).toContain('has no checkpoints');
  });

  it('login: keeps server and token, for their owner only', async () => {
    const token = mockCredentials.user.token();
    const own = { XDG_CONFIG_HOME: join(home, 'own') };
    const login = (...args: string[]) => runCli(args, { environment: own });
    const nowhere = await login('pods');
    expect(nowhere.code).toBe(2);
    expect(nowhere.err).toContain('cubemig login');

    const file = join(own.XDG_CONFIG_HOME, 'cubemig/login.json');
    const stranger = await login('login', api.server, '--token', 'wrong');
    expect(stranger.code).toBe(3);
    expect(existsSync(file)).toBe(false);

    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"server":"http://old"}', { mode: 0o644 });
    const done = await login('login', api.server, '--token', token);
    expect(done.out).toContain('which knows 2 clusters');
    // eslint-disable-next-line no-bitwise
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await login('pods')).code).toBe(0);

    // A token is not sent to another server.
    const other = await login('pods', '--server', `${api.server}/elsewhere`);
    expect(other.code).not.toBe(0);
  });

  it('says that nobody answers', async () => {
    const { code, err } = await run('pods', '--server', 'http://127.0.0.1:2');
    expect(code).toBe(4);
    expect(err).toContain('http://127.0.0.1:2 does not answer');
  });

  it("knows the page of Backstage's frontend, and what is no address", async () => {
    const frontend = createServer((_, res) => res.end('<!DOCTYPE html>'));
    frontend.listen(0, '127.0.0.1');
    await once(frontend, 'listening');
    const { port } = frontend.address() as AddressInfo;
    const page = await run('pods', '--server', `http://127.0.0.1:${port}`);
    frontend.close();
    expect(page.code).toBe(4);
    expect(page.err).toContain("the address of Backstage's backend");

    const none = await run('login', 'localhost');
    expect(none.code).toBe(2);
    expect(none.err).toContain('write it as http://localhost:7007');
  });

  it('says where to look for what was mistyped', async () => {
    const { code, err } = await run('plan', 'counter', '--target', 'c2');
    expect(code).toBe(2);
    expect(err).toContain('Add --help to see what can be given.');
  });
});
