import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type {
  DumpStatistics,
  MountSnapshot,
} from '../../criu-images/DumpSnapshot';
import { statsEntry } from '../../criu-images/containerImages';
import { encodeImage } from '../../criu-images/imageCodec';
import { imageTypes } from '../../criu-images/imageTypes';
import { writeDump } from '../../criu-images/writeDump';
import { containerMounts } from '../archive/containerMounts';
import { cgroupPath, ContainerDescription } from '../archive/describeContainer';
import { packArchive } from '../archive/packArchive';
import type { EmulatedContainer } from './EmulatedContainer';

const FIRST_DEVICE = 71;

/** A container's /dev: links by their target, devices by major and minor number, folders without either. */
const deviceTree: Record<string, string | [number, number] | undefined> = {
  './': undefined,
  './ptmx': 'pts/ptmx',
  './core': '/proc/kcore',
  './stderr': '/proc/self/fd/2',
  './stdout': '/proc/self/fd/1',
  './stdin': '/proc/self/fd/0',
  './fd': '/proc/self/fd',
  './urandom': [1, 9],
  './random': [1, 8],
  './tty': [5, 0],
  './full': [1, 7],
  './zero': [1, 5],
  './null': [1, 3],
  './shm/': undefined,
  './mqueue/': undefined,
  './pts/': undefined,
};

/** Freezes a container, writes its processes into images, lets it go and packs the archive. */
export async function dumpContainer(
  container: EmulatedContainer,
  description: ContainerDescription,
  archivePath: string,
  workDirectory: string,
): Promise<void> {
  const imagesDirectory = join(workDirectory, 'checkpoint');
  await fs.mkdir(imagesDirectory, { recursive: true });
  try {
    const began = process.hrtime.bigint();
    container.freezer.freeze();
    const frozen = process.hrtime.bigint();
    let state;
    try {
      state = await writeImages(container, description, imagesDirectory);
    } finally {
      container.freezer.thaw();
    }
    const statistics: DumpStatistics = {
      freezingMicros: microsBetween(began, frozen),
      frozenMicros: microsBetween(frozen, process.hrtime.bigint()),
      ...state.statistics,
    };
    await packArchive(archivePath, {
      container: description,
      checkpointedAt: state.checkpointedAt,
      statsDump: encodeImage(imageTypes.stats, [statsEntry(statistics)]),
      dumpLog: dumpLog(statistics),
      imagesDirectory,
      rootfsDiff: state.rootfsDiff,
      deletedFiles: container.files.removed(),
      log: state.log,
    });
  } finally {
    await fs.rm(workDirectory, { recursive: true, force: true });
  }
}

async function writeImages(
  container: EmulatedContainer,
  description: ContainerDescription,
  directory: string,
) {
  const { spec } = description.state;
  const processes = container.snapshots(
    spec.securityContext?.runAsUser ?? 0,
    spec.securityContext?.runAsGroup ?? 0,
  );
  const began = process.hrtime.bigint();
  await writeDump(directory, {
    processes,
    hostname: description.sandbox.spec.hostname,
    mounts: mountSnapshots(description),
    cgroupPath: cgroupPath(description),
    tmpfs: new Map([
      [FIRST_DEVICE, await packTree(deviceTree)],
      [FIRST_DEVICE + 2, await packTree({ './': undefined })],
    ]),
  });
  const written = microsBetween(began, process.hrtime.bigint());
  // crun notes what the standard streams were, so that a restore can connect them again.
  await fs.writeFile(
    join(directory, 'descriptors.json'),
    JSON.stringify(standardStreams(processes[0].descriptors)),
  );
  const pages = processes.reduce((sum, { pages: own }) => sum + own.length, 0);
  return {
    checkpointedAt: new Date(),
    statistics: {
      memdumpMicros: written,
      memwriteMicros: written,
      pagesScanned: pages,
      pagesWritten: pages,
    },
    rootfsDiff: await container.files.packChanges(),
    log: await fs.readFile(spec.logPath),
  };
}

function standardStreams(descriptors: Map<number, any>): string[] {
  return [0, 1, 2].map(fd => {
    const file = descriptors.get(fd);
    return file?.kind === 'pipe' ? `pipe:[${file.pipeId}]` : file?.path ?? '';
  });
}

function mountSnapshots({
  state,
  sandbox,
}: ContainerDescription): MountSnapshot[] {
  const mounts = containerMounts(state.spec, sandbox).map(mount => ({
    mountpoint: mount.destination,
    root: mount.type === 'bind' ? mount.source : '/',
    source: mount.type === 'bind' ? '/dev/vda' : mount.source,
    options: '',
    type: mount.type as MountSnapshot['type'],
  }));
  return [
    ...mounts.reverse(),
    {
      mountpoint: '/',
      root: '/',
      source: 'overlay',
      options: '',
      type: 'overlay',
    },
  ];
}

async function packTree(tree: typeof deviceTree): Promise<Buffer> {
  const archive = pack();
  for (const [name, target] of Object.entries(tree)) {
    if (target === undefined) {
      archive.entry({ name, type: 'directory', mode: 0o755 });
    } else if (typeof target === 'string') {
      archive.entry({ name, type: 'symlink', linkname: target, mode: 0o777 });
    } else {
      const [devmajor, devminor] = target;
      archive.entry({
        name,
        type: 'character-device',
        devmajor,
        devminor,
        mode: 0o666,
      });
    }
  }
  archive.finalize();
  return gzipSync(await buffer(archive));
}

function dumpLog({ frozenMicros, pagesWritten }: DumpStatistics): string {
  const end = (frozenMicros / 1e6).toFixed(6);
  return [
    '(00.000053) Version: 4.2 (written by the lab of CubeMig, no CRIU was run)',
    '(00.001917) ========================================',
    `(00.000100) Pages written: ${pagesWritten}`,
    `(0${end}) Writing stats`,
    `(0${end}) Dumping finished successfully`,
    '',
  ].join('\n');
}

function microsBetween(start: bigint, end: bigint): number {
  return Number((end - start) / 1000n);
}
