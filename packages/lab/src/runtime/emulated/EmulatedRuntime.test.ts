import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executableOf } from '../../programs/programs';
import { waitUntil } from '../../testing/waitUntil';
import type {
  ContainerRuntime,
  ContainerSpec,
  Sandbox,
} from '../ContainerRuntime';
import { askStore } from './testing/askStore';
import { EmulatedRuntime } from './EmulatedRuntime';

describe('EmulatedRuntime', () => {
  let directory: string;
  let rootfs: string;
  let source: ContainerRuntime;
  let target: ContainerRuntime;
  let logs = 0;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'runtime-'));
    rootfs = join(directory, 'rootfs');
    mkdirSync(join(rootfs, 'bin'), { recursive: true });
    for (const program of ['counter', 'kv', 'sleep']) {
      writeFileSync(join(rootfs, 'bin', program), executableOf(program));
    }
    writeFileSync(
      join(rootfs, 'host.cjs'),
      `process.on('SIGTERM', () => process.exit(7));
       console.log(process.argv[2], process.env.COURIER_ROOT.length > 0, process.env.HOME);
       setInterval(() => {}, 1000);`,
    );
    const create = (name: string, podAddressPrefix: string) =>
      EmulatedRuntime.create({
        kind: 'emulated',
        stateDir: join(directory, name),
        podAddressPrefix,
      });
    source = await create('source', '127.101.1');
    target = await create('target', '127.101.2');
  });

  afterAll(async () => {
    await source.close();
    await target.close();
    rmSync(directory, { recursive: true });
  });

  const openSandbox = (runtime: ContainerRuntime, name: string) =>
    runtime.createSandbox({
      podNamespace: 'demo',
      podName: name,
      podUid: `uid-${name}`,
      hostname: name,
      labels: {},
      annotations: {},
    });

  function specOf(
    sandbox: Sandbox,
    command: string[],
    environment: Record<string, string> = {},
  ): ContainerSpec {
    logs += 1;
    return {
      sandboxId: sandbox.id,
      name: 'main',
      attempt: 0,
      image: {
        id: 'a'.repeat(64),
        reference: 'registry.lab/demo/any:1',
        repoDigest: `registry.lab/demo/any@sha256:${'b'.repeat(64)}`,
        rootfs,
        entrypoint: [],
        command: [],
        environment: [],
        workingDirectory: '',
        user: '',
      },
      command,
      args: [],
      environment: Object.entries(environment).map(([name, value]) => ({
        name,
        value,
      })),
      mounts: [],
      logPath: join(directory, `${logs}.log`),
      nodeLogPath: '/var/log/pods/x/0.log',
      annotations: {},
    };
  }

  const linesOf = ({ logPath }: ContainerSpec) =>
    readFileSync(logPath, 'utf8').trim().split('\n').filter(Boolean);

  async function run(
    runtime: ContainerRuntime,
    spec: ContainerSpec,
  ): Promise<string> {
    const id = await runtime.createContainer(spec);
    await runtime.startContainer(id);
    return id;
  }

  it('moves a counter, its child and its log; both copies count on from the same number', async () => {
    const sandbox = await openSandbox(source, 'counter');
    const spec = specOf(sandbox, ['counter'], { COUNTER_INTERVAL_MS: '20' });
    const id = await run(source, spec);
    await waitUntil('it has counted to 3', () => linesOf(spec).length > 3);
    const archive = join(directory, 'counter.tar');

    await source.checkpointContainer(id, archive);

    const before = linesOf(spec).length;
    const copy = specOf(await openSandbox(target, 'counter'), [], {
      COUNTER_INTERVAL_MS: '99999',
    });
    const restored = await target.restoreContainer(copy, archive);
    const taken = linesOf(copy);
    await target.startContainer(restored);
    await waitUntil(
      'the copy counts on',
      () => linesOf(copy).length > taken.length + 2,
    );
    await waitUntil(
      'the source counts on',
      () => linesOf(spec).length > before + 2,
    );
    const numbers = linesOf(copy).map(line => Number(line.split('count ')[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(taken.length).toBeGreaterThan(3);

    // The second generation: a restored container is moved once more.
    const again = join(directory, 'again.tar');
    await target.checkpointContainer(restored, again);
    const third = specOf(await openSandbox(source, 'third'), []);
    const thirdId = await source.restoreContainer(third, again);
    const inherited = linesOf(third).length;
    await source.startContainer(thirdId);
    await waitUntil(
      'the third counts on',
      () => linesOf(third).length > inherited + 1,
    );
    expect(linesOf(third).at(-1)).toMatch(
      new RegExp(`count ${linesOf(third).length - 1}$`),
    );
    for (const [runtime, container] of [
      [source, id],
      [target, restored],
      [source, thirdId],
    ] as const) {
      await runtime.removeContainer(container);
    }
  });

  it('moves a key-value store with 10,000 keys to another address', async () => {
    const sandbox = await openSandbox(source, 'kv');
    const id = await run(source, specOf(sandbox, ['kv']));
    const commands = Array.from(
      { length: 10000 },
      (_, index) => `SET key:${index} value-${index}\r\n`,
    );
    await askStore(sandbox.address, commands.join(''), 10000);
    const archive = join(directory, 'kv.tar');
    await source.checkpointContainer(id, archive);
    await askStore(sandbox.address, 'SET late 1\r\n', 1);

    const copySandbox = await openSandbox(target, 'kv');
    const restored = await target.restoreContainer(
      specOf(copySandbox, []),
      archive,
    );
    await target.startContainer(restored);

    expect(copySandbox.address).not.toBe(sandbox.address);
    expect(
      await askStore(
        copySandbox.address,
        'DBSIZE\r\nGET key:9999\r\nGET late\r\nINCR n\r\n',
        5,
      ),
    ).toEqual([':10000', '$10', 'value-9999', '$-1', ':1']);
    expect(await askStore(sandbox.address, 'DBSIZE\r\n', 1)).toEqual([
      ':10001',
    ]);
  });

  it('holds only one checkpoint of a container at a time', async () => {
    const spec = specOf(await openSandbox(source, 'twice'), ['counter']);
    const id = await run(source, spec);

    const first = source.checkpointContainer(id, join(directory, 'first.tar'));
    const second = source.checkpointContainer(
      id,
      join(directory, 'second.tar'),
    );

    await expect(second).rejects.toThrow('cannot pause a paused container');
    await expect(first).resolves.toBeUndefined();
  });

  it.each([
    [
      ['/nonexistent'],
      'container create failed: executable file `/nonexistent` not found: No such file or directory\n',
    ],
    [
      ['nothing'],
      'container create failed: executable file `nothing` not found in $PATH: No such file or directory\n',
    ],
    [[], 'no command specified'],
    [
      ['/host.cjs'],
      'container create failed: exec `/host.cjs`: Exec format error\n',
    ],
  ])('does not create a container of %j', async (command, message) => {
    const spec = specOf(await openSandbox(source, 'bad'), command);

    await expect(source.createContainer(spec)).rejects.toThrow(
      new Error(message),
    );
  });

  it('tells how a container ended', async () => {
    const spec = specOf(await openSandbox(source, 'sleeper'), [
      'sleep',
      '0.01',
    ]);
    const ended = new Promise<number | undefined>(resolve => {
      const stop = source.onExit(state => {
        if (state.spec === spec) {
          stop();
          resolve(state.exitCode);
        }
      });
    });
    const id = await run(source, spec);

    expect(await ended).toBe(0);
    expect(source.container(id)).toMatchObject({
      phase: 'exited',
      exitCode: 0,
    });
  });

  it('kills what does not stop by itself', async () => {
    const id = await run(
      source,
      specOf(await openSandbox(source, 'deaf'), ['sleep', '100']),
    );

    await source.stopContainer(id, 0.05);

    expect(source.container(id)).toMatchObject({
      phase: 'exited',
      exitCode: 137,
    });
  });

  it("runs an image's Node program as a process of this machine, and cannot dump it", async () => {
    const spec = specOf(await openSandbox(source, 'host'), [
      'node',
      '/host.cjs',
      'argument',
    ]);
    const id = await run(source, spec);
    await waitUntil('it has printed', () => linesOf(spec).length > 0);

    expect(linesOf(spec)[0]).toMatch(/ stdout F argument true undefined$/);
    await expect(
      source.checkpointContainer(id, join(directory, 'no.tar')),
    ).rejects.toThrow(`failed to checkpoint container ${id}`);
    await source.stopContainer(id, 10);
    expect(source.container(id)).toMatchObject({
      phase: 'exited',
      exitCode: 7,
    });
  });

  it('says why a damaged archive cannot be restored', async () => {
    const path = join(directory, 'damaged.tar');
    writeFileSync(path, Buffer.alloc(1024));
    const spec = specOf(await openSandbox(target, 'damaged'), []);

    await expect(target.restoreContainer(spec, path)).rejects.toThrow(
      'failed to restore container main: container restore failed: failed to read "config.dump"',
    );
  });
});
