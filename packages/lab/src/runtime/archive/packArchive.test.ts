import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  createReadStream,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import type { ContainerDescription } from './describeContainer';
import { packArchive } from './packArchive';
import { readArchiveHead } from './readArchive';

const fixture = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', name), 'utf8');

/** The names of a recorded listing, process and device numbers aside. */
const layoutOf = (names: string[]) => [
  ...new Set(names.map(name => name.replace(/-\d+\b/g, '-N'))),
];

describe('packArchive', () => {
  let directory: string;
  let entries: Map<string, Buffer>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'archive-'));
    const images = join(directory, 'images');
    mkdirSync(images);
    const recorded =
      fixture('a-counter.list.txt').match(/checkpoint\/\S+$/gm) ?? [];
    recorded
      .filter(name => name !== 'checkpoint/')
      .forEach(name =>
        writeFileSync(join(images, name.replace('checkpoint/', '')), name),
      );
    mkdirSync(join(directory, 'data'));
    const container: ContainerDescription = {
      state: {
        id: 'c'.repeat(64),
        phase: 'running',
        createdAt: new Date('2026-11-23T00:22:36.238Z'),
        spec: {
          sandboxId: 's',
          name: 'counter',
          attempt: 0,
          image: {
            id: 'a'.repeat(64),
            reference: 'registry.lab/demo/counter:1',
            repoDigest: `registry.lab/demo/counter@sha256:${'b'.repeat(64)}`,
            rootfs: '/rootfs',
            entrypoint: [],
            command: [],
            environment: [],
            workingDirectory: '/',
            user: '',
          },
          command: [],
          args: [],
          environment: [],
          mounts: [
            {
              containerPath: '/data',
              hostPath: join(directory, 'data'),
              nodePath:
                '/var/lib/kubelet/pods/uid/volumes/kubernetes.io~empty-dir/shared',
              readOnly: false,
            },
          ],
          logPath: '/log',
          nodeLogPath: '/var/log/pods/default_counter_uid/counter/0.log',
          annotations: {
            'io.kubernetes.container.hash': '388521c8',
            'io.kubernetes.container.restartCount': '0',
            'io.kubernetes.container.terminationMessagePath':
              '/dev/termination-log',
            'io.kubernetes.container.terminationMessagePolicy': 'File',
            'io.kubernetes.pod.terminationGracePeriod': '1',
          },
        },
      },
      sandbox: {
        id: 'd'.repeat(64),
        address: '127.41.11.2',
        spec: {
          podNamespace: 'default',
          podName: 'counter',
          podUid: 'uid',
          hostname: 'counter',
          labels: {},
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
            'kubernetes.io/config.seen': 'x',
          },
        },
      },
      argv: ['counter'],
      environment: ['A=b'],
      workingDirectory: '/',
      ociRuntime: 'crun',
    };
    const path = join(directory, 'a.tar');
    await packArchive(path, {
      container,
      checkpointedAt: new Date('2026-11-23T00:48:26Z'),
      statsDump: Buffer.from('stats'),
      dumpLog: 'log',
      imagesDirectory: images,
      rootfsDiff: Buffer.from('diff'),
      deletedFiles: [],
      log: Buffer.from('count 0\n'),
    });
    entries = new Map();
    for await (const entry of createReadStream(path).pipe(extract())) {
      entries.set(entry.header.name, await buffer(entry));
    }
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it("has CRI-O's names in CRI-O's order", () => {
    const recorded = fixture('a-counter.list.txt')
      .trim()
      .split('\n')
      .map(line => line.split(' ').at(-1) ?? '');

    expect(layoutOf([...entries.keys()])).toEqual(layoutOf(recorded));
  });

  const json = (name: string) => JSON.parse(String(entries.get(name)));

  it('describes the container with the fields of a real archive', () => {
    expect(Object.keys(json('config.dump'))).toEqual(
      Object.keys(JSON.parse(fixture('config.dump'))),
    );
    expect(Object.keys(json('bind.mounts')[0])).toEqual(
      Object.keys(JSON.parse(fixture('bind.mounts'))[0]),
    );
    const real = JSON.parse(fixture('spec.dump'));
    const own = json('spec.dump');
    expect(Object.keys(own)).toEqual(Object.keys(real));
    expect(Object.keys(own.process)).toEqual(Object.keys(real.process));
    expect(Object.keys(own.annotations).sort()).toEqual(
      Object.keys(real.annotations).sort(),
    );
  });

  it('names the mounts that a restore has to find', () => {
    expect(json('bind.mounts')).toContainEqual({
      source:
        '/var/lib/kubelet/pods/uid/volumes/kubernetes.io~empty-dir/shared',
      destination: '/data',
      file_type: 'directory',
      permissions: 0o755,
    });
  });

  it('can be read for what a restore must know', async () => {
    const { configDump, specDump } = await readArchiveHead(
      join(directory, 'a.tar'),
    );

    expect(configDump.rootfsImageRef).toBe('a'.repeat(64));
    expect(specDump.process.args).toEqual(['counter']);
  });
});
