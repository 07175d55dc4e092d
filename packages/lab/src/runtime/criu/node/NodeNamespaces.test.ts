import { ChildProcess, spawn } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { waitUntil } from '../../../testing/waitUntil';
import { CriuRuntime } from '../CriuRuntime';
import { makeSleeper } from '../prepare/sleeper';
import { describeWithCriu } from '../testing/describeWithCriu';
import { findTraces, findUsers, Traces } from '../testing/Traces';
import { cleanGroups } from './controlGroups';

const PREFIX = '10.250.2';

describeWithCriu('NodeNamespaces', () => {
  let directory: string;
  let before: Traces;

  beforeAll(async () => {
    directory = await fs.mkdtemp(join(tmpdir(), 'criu-test-'));
    before = findTraces(PREFIX);
  });

  afterAll(() => fs.rm(directory, { recursive: true, force: true }));

  it('leaves the machine as it was, after checkpoint and restore', async () => {
    const runtime = await CriuRuntime.create({
      kind: 'criu',
      stateDir: join(directory, 'node'),
      podAddressPrefix: PREFIX,
    });
    let during = before;
    try {
      const spec = await makeSleeper(runtime, directory);
      const source = await runtime.createContainer(spec);
      await runtime.startContainer(source);
      const archive = join(directory, 'archive.tar');
      await runtime.checkpointContainer(source, archive);
      const copy = await runtime.restoreContainer(spec, archive);
      await runtime.startContainer(copy);

      during = findTraces(PREFIX);
      expect(during.mounts).toEqual(before.mounts);
      expect(during.interfaces).toEqual([`cm${PREFIX}`]);
      expect(during.processes.length).toBeGreaterThan(4);
      expect(during.namespaces.length).toBeGreaterThan(6);
    } finally {
      await runtime.close();
    }
    expect(findTraces(PREFIX)).toEqual(before);
    expect(findUsers(during.namespaces)).toEqual([]);
  });

  it('leaves nothing when the lab is killed', async () => {
    const lab = await startLab();
    const { namespaces } = findTraces(PREFIX);
    lab.kill('SIGKILL');
    await waitUntil(
      'the supervisor has cleaned up',
      () => JSON.stringify(findTraces(PREFIX)) === JSON.stringify(before),
    );
    expect(findUsers(namespaces)).toEqual([]);
  });

  it('lets lab:clean remove what is left when its supervisor is killed too', async () => {
    const lab = await startLab();
    expect(await cleanGroups()).toEqual([]);
    const { controlGroups, processes } = findTraces(PREFIX);
    const supervisor = await parentOutside(processes);
    process.kill(supervisor, 'SIGKILL');
    lab.kill('SIGKILL');
    await waitUntil('the lab is gone', () => lab.signalCode !== null);
    await waitUntil(
      'the node is gone',
      () => findTraces(PREFIX).processes.length === 0,
    );
    expect(await cleanGroups()).toEqual(expect.arrayContaining(controlGroups));
    await waitUntil(
      'the interface is gone',
      () => JSON.stringify(findTraces(PREFIX)) === JSON.stringify(before),
    );
  });

  async function startLab(): Promise<ChildProcess> {
    const lab = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        resolve(__dirname, '../testing/runSleeper.ts'),
        ...[directory, PREFIX],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise<void>((started, failed) => {
      lab.stdout!.once('data', () => started());
      lab.once('exit', () => failed(new Error('the lab ended')));
    });
    return lab;
  }
});

/** The process that waits, outside of the control groups, for those in them. */
async function parentOutside(processes: string[]): Promise<number> {
  for (const pid of processes) {
    const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
    const [, parent] = /^PPid:\s*(\d+)$/m.exec(status)!;
    const command = await fs.readFile(`/proc/${parent}/cmdline`, 'utf8');
    if (command.includes('superviseNode.sh') && !processes.includes(parent)) {
      return Number(parent);
    }
  }
  throw new Error('There is no supervisor');
}
