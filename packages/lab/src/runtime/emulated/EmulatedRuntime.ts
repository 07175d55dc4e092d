import { mkdirSync, promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { ContainerDescription } from '../archive/describeContainer';
import type { RuntimeOptions } from '../createRuntime';
import { ContainerLog } from '../log/ContainerLog';
import { NodeRuntime } from '../NodeRuntime';
import type { ContainerCommand, NewContainer } from '../TrackedContainer';
import { ContainerFiles } from './ContainerFiles';
import { dumpContainer } from './dumpContainer';
import { EmulatedContainer } from './EmulatedContainer';
import { restoreArchive } from './restoreArchive';

/** A file system in memory that every container has. */
const SHARED_MEMORY = '/dev/shm';

/** Containers whose processes are TypeScript programs with real memory pages. */
export class EmulatedRuntime extends NodeRuntime<EmulatedContainer> {
  readonly version = 'cri-o://1.37.0';
  readonly kind = 'emulated';

  static async create({
    stateDir,
    podAddressPrefix,
  }: RuntimeOptions): Promise<EmulatedRuntime> {
    await fs.rm(stateDir, { recursive: true, force: true });
    await fs.mkdir(stateDir, { recursive: true });
    return new EmulatedRuntime(stateDir, podAddressPrefix);
  }

  protected async make(
    container: NewContainer,
    { argv, environment, workingDirectory }: ContainerCommand,
  ): Promise<EmulatedContainer> {
    const { spec, sandbox } = container;
    const log = new ContainerLog(spec.logPath);
    const running = new EmulatedContainer(
      sandbox.address,
      filesOf(container),
      log,
      workingDirectory,
      sandbox.spec.hostname,
    );
    try {
      // A process has more than its container's specification says: what the runtime finds in the image's /etc/passwd.
      running.load(argv, withHome(environment));
    } catch (error) {
      log.close();
      throw error;
    }
    return running;
  }

  protected async restore(container: NewContainer, archivePath: string) {
    return restoreArchive(archivePath, {
      spec: container.spec,
      address: container.sandbox.address,
      hostname: container.sandbox.spec.hostname,
      files: filesOf(container),
      directory: join(container.directory, 'restore'),
    });
  }

  protected async dump(
    running: EmulatedContainer,
    description: ContainerDescription,
    archivePath: string,
    directory: string,
  ): Promise<void> {
    await dumpContainer(running, description, archivePath, directory);
  }
}

function filesOf({ spec, directory }: NewContainer): ContainerFiles {
  const sharedMemory = join(directory, 'shm');
  mkdirSync(sharedMemory, { recursive: true });
  return new ContainerFiles(spec.image.rootfs, join(directory, 'diff'), [
    ...spec.mounts,
    {
      containerPath: SHARED_MEMORY,
      hostPath: sharedMemory,
      nodePath: SHARED_MEMORY,
      readOnly: false,
    },
  ]);
}

function withHome(environment: string[]): string[] {
  return environment.some(variable => variable.startsWith('HOME='))
    ? environment
    : [...environment, 'HOME=/root'];
}
