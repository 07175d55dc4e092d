import { existsSync, promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDump } from '../../criu-images/readDump';
import { readArchiveHead, unpackArchive } from '../archive/readArchive';
import type { ContainerSpec } from '../ContainerRuntime';
import { ContainerLog } from '../log/ContainerLog';
import type { ContainerFiles } from './ContainerFiles';
import { EmulatedContainer } from './EmulatedContainer';

export interface RestoreTarget {
  spec: ContainerSpec;
  /** The new pod's. */
  address: string;
  hostname: string;
  files: ContainerFiles;
  /** For the time of the restore. */
  directory: string;
}

/** Makes the processes of an archive again. They stand still until the container is started. */
export async function restoreArchive(
  archivePath: string,
  { spec, address, hostname, files, directory }: RestoreTarget,
) {
  const { specDump } = await readArchiveHead(archivePath);
  await unpackArchive(archivePath, directory);
  try {
    const changes = join(directory, 'rootfs-diff.tar');
    if (existsSync(changes)) {
      await files.unpackChanges(changes);
    }
    const deletions = join(directory, 'deleted.files');
    if (existsSync(deletions)) {
      const deleted: string[] = JSON.parse(
        await fs.readFile(deletions, 'utf8'),
      );
      deleted.forEach(path => files.remove(path));
    }
    // The log goes on from where the archive's ends (CRI-O, container_restore.go).
    const oldLog = join(directory, 'io.kubernetes.cri-o.LogPath');
    if (existsSync(oldLog)) {
      await fs.mkdir(dirname(spec.logPath), { recursive: true });
      await fs.copyFile(oldLog, spec.logPath);
    }
    const processes = await readDump(join(directory, 'checkpoint'));
    const { args, env, cwd } = specDump.process;
    const log = new ContainerLog(spec.logPath);
    const running = new EmulatedContainer(address, files, log, cwd, hostname);
    try {
      running.restore(processes);
    } catch (error) {
      log.close();
      throw error;
    }
    return {
      running,
      command: {
        argv: args as string[],
        environment: env as string[],
        workingDirectory: cwd as string,
        restoredAt: new Date(),
      },
    };
  } finally {
    await fs.rm(directory, { recursive: true, force: true });
  }
}
