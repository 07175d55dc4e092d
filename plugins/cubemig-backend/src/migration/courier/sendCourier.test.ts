import { TestDatabases } from '@backstage/backend-test-utils';
import { RegistryClient } from '@cubemig/oci';
import { MemoryRegistry } from '@cubemig/oci/testUtils';
import {
  CheckpointTask,
  checkpointTag,
  reportTag,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { KubeJob, KubePod } from '../../clusters';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import { createRun, migration } from '../__testUtils__/createRun';
import { sendCourier } from './sendCourier';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const repository = 'cubemig/c1/demo/p';
const namespace = 'cubemig';

const job: KubeJob = {
  metadata: {
    name: 'courier',
    namespace,
    labels: { 'cubemig.io/migration': migration.id },
  },
};

/** What a courier leaves: its pod, ended with these words. */
function pod(name: string, result: object, exitCode: number): KubePod {
  return {
    metadata: { name, namespace, labels: { 'job-name': name } },
    spec: { containers: [] },
    status: {
      containerStatuses: [
        {
          name: 'courier',
          state: {
            terminated: { exitCode, message: JSON.stringify(result) },
          },
        },
      ],
    },
  } as unknown as KubePod;
}

const carried = {
  version: 1,
  migration: migration.id,
  checkpoints: [
    {
      container: 'app',
      digest: `sha256:${'a'.repeat(64)}`,
      archiveBytes: 5,
      layerBytes: 3,
      dump: {
        freezingMicros: 1,
        memoryDumpMicros: 2,
        memoryWriteMicros: 3,
        pagesScanned: 4,
        pagesWritten: 5,
      },
    },
  ],
};

function failed(message: string) {
  return {
    version: 1,
    migration: migration.id,
    checkpoints: [],
    failure: { message },
  };
}

describe('sendCourier', () => {
  let server: MemoryRegistry;
  let registry: RegistryClient;
  beforeEach(async () => {
    server = await MemoryRegistry.start();
    registry = new RegistryClient({ host: server.host, insecure: true });
  });
  afterEach(async () => {
    await registry.close();
    await server.stop();
  });

  const task = {
    migration: migration.id,
    containers: ['app'],
    registry: { repository },
  } as CheckpointTask;

  async function start() {
    const world = await createRun(databases, { registry });
    world.run.enter('checkpoint');
    const send = async () =>
      sendCourier(world.run, await world.run.source(), job, task);
    return { ...world, send };
  }

  async function push(tag: string, annotations?: Record<string, string>) {
    const config = await registry.uploadBlob(repository, Buffer.from('{}'));
    const layer = await registry.uploadBlob(repository, Buffer.from('layer'));
    return registry.putManifest(repository, tag, {
      schemaVersion: 2,
      config: { mediaType: 'application/json', ...config },
      layers: [{ mediaType: 'application/x', ...layer }],
      annotations: { ...annotations, tag },
    });
  }

  const pushCheckpoint = (container: string) =>
    push(checkpointTag(migration.id, container), {
      'cubemig.io/archive-bytes': '7',
      'cubemig.io/frozen-micros': '9',
    });

  const jobs = (cluster: MemoryCluster) =>
    cluster.changes.filter(change => change.startsWith('create /apis/batch'));

  it('sends one, however often the step is begun, and keeps what the dump took', async () => {
    const { run, send, source } = await start();
    await source.create('Pod', pod('courier', carried, 0));
    expect(await send()).toMatchObject(carried);
    expect(await send()).toMatchObject(carried);
    expect(jobs(source)).toHaveLength(1);
    expect(run.migration.figures?.dumps).toEqual([
      {
        container: 'app',
        frozenMicros: undefined,
        ...carried.checkpoints[0].dump,
      },
    ]);
  });

  it('tries once more, under another name, when CRIU caught a process in the kernel', async () => {
    const { run, send, source, store } = await start();
    const unseizable = failed(
      'criu failed: Error (compel/src/lib/infect.c:418): Unseizable non-zombie 42 found, state D, err -1/10',
    );
    await source.create('Pod', pod('courier', unseizable, 1));
    await source.create('Pod', pod('courier-2', carried, 0));
    expect(await send()).toMatchObject(carried);
    expect(jobs(source)).toHaveLength(2);
    expect(run.facts.courierAttempt).toBe(2);
    const events = await store.listEvents(migration.id);
    expect(events.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('attempt 2 of 2'),
    );
    // Whoever carries on now asks for the second one only.
    expect(await send()).toMatchObject(carried);
    expect(jobs(source)).toHaveLength(2);
  });

  it('does not try again what will not pass', async () => {
    const { send, source } = await start();
    await source.create('Pod', pod('courier', failed('no space left'), 1));
    await expect(send()).rejects.toThrow('no space left');
    expect(jobs(source)).toHaveLength(1);
  });

  it.each([
    ['nothing', carried, 0, false],
    ['nothing where it told of its failure', failed('no space left'), 1, false],
    [
      'nothing where the kubelet was away',
      failed('The kubelet at n:10250 cannot be asked: ECONNREFUSED'),
      1,
      false,
    ],
    ['perhaps an archive where it was killed', 'Killed', 137, true],
    [
      'perhaps an archive where the kubelet fell silent',
      failed('The kubelet at n:10250 fell silent: timeout'),
      1,
      true,
    ],
  ])('leaves %s on the node', async (_, words, exitCode, isCourierOut) => {
    const { run, send, source, store } = await start();
    await source.create('Pod', pod('courier', words as object, exitCode));
    await send().catch(() => {});
    await run.save({
      status: 'failed',
      finishedAt: '2026-11-23T01:00:00.000Z',
    });
    const left = await store.retention.listCouriersOut(['2026', '2027']);
    expect(left.map(({ id }) => id)).toEqual(
      isCourierOut ? [migration.id] : [],
    );
    await store.retention.markSwept(left);
    expect(await store.retention.listCouriersOut(['2026', '2027'])).toEqual([]);
  });

  it('finds in the registry what its result had no room for', async () => {
    const { run, source } = await start();
    const names = Array.from({ length: 24 }, (_, index) => `app-${index}`);
    const digests = await Promise.all(names.map(pushCheckpoint));
    const report = await push(reportTag(migration.id, 'app-23'));
    const volume = await push(volumeTag(migration.id, 'scratch'));
    const told = names.slice(0, 15).map((container, index) => ({
      container,
      digest: digests[index],
      archiveBytes: 7,
      layerBytes: 5,
    }));
    await source.create(
      'Pod',
      pod('courier', { ...carried, checkpoints: told }, 0),
    );
    const result = await sendCourier(run, await run.source(), job, {
      ...task,
      containers: [...names, 'none'],
      volumes: [{ name: 'scratch', maxBytes: 1 }],
      report: true,
    });
    expect(
      result.checkpoints.map(({ container, digest }) => [container, digest]),
    ).toEqual(names.map((name, index) => [name, digests[index]]));
    expect(result.checkpoints[23]).toEqual({
      container: 'app-23',
      digest: digests[23],
      archiveBytes: 7,
      layerBytes: 5,
      frozenMicros: 9,
      report: { digest: report, bytes: 5 },
    });
    expect(result.volumes).toEqual([
      { name: 'scratch', digest: volume, bytes: 5 },
    ]);
  });

  describe('whose Job is gone', () => {
    async function vanish() {
      const world = await start();
      const { run, source } = world;
      await run.make(await run.source(), 'Job', job);
      await source.delete('Job', { namespace, name: 'courier' });
      return world;
    }

    it('finds in the registry what it had brought', async () => {
      const { send, source } = await vanish();
      const digest = await pushCheckpoint('app');
      expect((await send()).checkpoints).toEqual([
        {
          container: 'app',
          digest,
          archiveBytes: 7,
          layerBytes: 5,
          frozenMicros: 9,
        },
      ]);
      expect(jobs(source)).toHaveLength(1);
    });

    it('takes no second checkpoint by itself', async () => {
      const { send, source } = await vanish();
      await expect(send()).rejects.toMatchObject({
        problem: { code: 'courier-lost' },
      });
      expect(jobs(source)).toHaveLength(1);
    });
  });
});
