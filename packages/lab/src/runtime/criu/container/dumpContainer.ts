import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { ContainerDescription } from '../../archive/describeContainer';
import { packArchive } from '../../archive/packArchive';
import type { NodeNamespaces } from '../node/NodeNamespaces';
import type { CrunContainer } from './CrunContainer';

/** Files that the runtime mounts into every container. */
const ownMountPoints = [
  '/etc/resolv.conf',
  '/etc/hostname',
  '/run/.containerenv',
];

/**
 * Holds a container still while CRIU dumps it and its changed files are copied, so that both are of one moment; lets it go and packs
 * the archive.
 */
export async function dumpContainer(
  node: NodeNamespaces,
  container: CrunContainer,
  description: ContainerDescription,
  archivePath: string,
  directory: string,
): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  await container.pause();
  let frozen;
  try {
    frozen = await dumpFrozen(node, container, description, directory);
  } finally {
    await container.resume();
  }
  await packArchive(archivePath, {
    ...frozen,
    container: description,
    statsDump: await fs.readFile(join(directory, 'stats-dump')),
    dumpLog: await fs.readFile(join(directory, 'dump.log'), 'utf8'),
    imagesDirectory: join(directory, 'checkpoint'),
  });
}

async function dumpFrozen(
  node: NodeNamespaces,
  container: CrunContainer,
  { state }: ContainerDescription,
  directory: string,
) {
  const nodeDirectory = await node.pathOf(directory);
  await container.dump(nodeDirectory);
  const checkpointedAt = new Date();
  const mountPoints = state.spec.mounts.map(mount => mount.containerPath);
  const changes = await container.rootfs.findChanges(
    new Set([...ownMountPoints, ...mountPoints]),
  );
  if (changes.changed.length > 0) {
    await container.rootfs.packChanges(
      changes,
      `${nodeDirectory}/rootfs-diff.tar`,
    );
  }
  return {
    checkpointedAt,
    rootfsDiff:
      changes.changed.length > 0
        ? { path: join(directory, 'rootfs-diff.tar') }
        : undefined,
    deletedFiles: changes.deleted,
    log: await fs.readFile(state.spec.logPath),
  };
}
