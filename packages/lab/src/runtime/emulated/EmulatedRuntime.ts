import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join, posix } from 'node:path';
import type { ContainerDescription } from '../archive/describeContainer';
import { containerArguments, containerEnvironment } from '../containerCommand';
import type {
  ContainerRuntime,
  ContainerSpec,
  ContainerState,
  Sandbox,
  SandboxSpec,
} from '../ContainerRuntime';
import { RuntimeError } from '../ContainerRuntime';
import type { RuntimeOptions } from '../createRuntime';
import { ContainerLog } from '../log/ContainerLog';
import { PodAddresses } from '../PodAddresses';
import { ContainerFiles } from './ContainerFiles';
import { dumpContainer } from './dumpContainer';
import { EmulatedContainer } from './EmulatedContainer';
import { HostProgram } from './HostProgram';
import { restoreArchive } from './restoreArchive';
import type { RunningContainer } from './RunningContainer';

/** What the runtime it stands for is called in archives. */
const OCI_RUNTIME = 'crun';

interface Entry
  extends Pick<
    ContainerDescription,
    'argv' | 'environment' | 'workingDirectory' | 'restoredAt'
  > {
  state: ContainerState;
  sandbox: Sandbox;
  running: RunningContainer;
  isCheckpointing: boolean;
  exited: Promise<void>;
}

/** Containers whose processes are TypeScript programs with real memory pages, and containers of Node programs of this machine. */
export class EmulatedRuntime implements ContainerRuntime {
  readonly version = 'cri-o://1.37.0';
  readonly kind = 'emulated';
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #containers = new Map<string, Entry>();
  readonly #listeners = new Set<(state: ContainerState) => void>();
  readonly #addresses: PodAddresses;

  private constructor(
    private readonly stateDir: string,
    podAddressPrefix: string,
  ) {
    this.#addresses = new PodAddresses(podAddressPrefix);
  }

  static async create(options: RuntimeOptions): Promise<EmulatedRuntime> {
    await fs.rm(options.stateDir, { recursive: true, force: true });
    await fs.mkdir(options.stateDir, { recursive: true });
    return new EmulatedRuntime(options.stateDir, options.podAddressPrefix);
  }

  async createSandbox(spec: SandboxSpec): Promise<Sandbox> {
    const sandbox = {
      id: newId(),
      spec,
      address: spec.hostAddress ?? this.#addresses.take(),
    };
    this.#sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }

  async removeSandbox(sandboxId: string): Promise<void> {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox) {
      return;
    }
    for (const { state } of [...this.#containers.values()]) {
      if (state.spec.sandboxId === sandboxId) {
        await this.removeContainer(state.id);
      }
    }
    this.#sandboxes.delete(sandboxId);
    if (!sandbox.spec.hostAddress) {
      this.#addresses.free(sandbox.address);
    }
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    const sandbox = this.#sandboxOf(spec);
    const id = newId();
    const command = {
      argv: containerArguments(spec),
      environment: containerEnvironment(spec, sandbox),
      workingDirectory:
        spec.workingDirectory || spec.image.workingDirectory || '/',
    };
    const files = this.#filesOf(id, spec);
    const script = hostScript(command, files);
    const log = new ContainerLog(spec.logPath);
    try {
      if (script) {
        const running = new HostProgram(
          {
            script,
            args: command.argv.slice(2),
            environment: command.environment,
            root: join(this.#directoryOf(id), 'root'),
            mounts: spec.mounts,
          },
          log,
        );
        this.#add(id, spec, sandbox, running, command);
      } else {
        const running = new EmulatedContainer(
          sandbox.address,
          files,
          log,
          command.workingDirectory,
        );
        // A process has more than its container's specification says: what the runtime finds in the image's /etc/passwd.
        running.load(command.argv, withHome(command.environment));
        this.#add(id, spec, sandbox, running, command);
      }
    } catch (error) {
      log.close();
      await fs.rm(this.#directoryOf(id), { recursive: true, force: true });
      throw error;
    }
    return id;
  }

  async restoreContainer(
    spec: ContainerSpec,
    archivePath: string,
  ): Promise<string> {
    const sandbox = this.#sandboxOf(spec);
    const id = newId();
    try {
      const restored = await restoreArchive(archivePath, {
        spec,
        address: sandbox.address,
        files: this.#filesOf(id, spec),
        directory: join(this.#directoryOf(id), 'restore'),
      });
      this.#add(id, spec, sandbox, restored.running, restored);
    } catch (error) {
      await fs.rm(this.#directoryOf(id), { recursive: true, force: true });
      throw restoreFailed(spec, error);
    }
    return id;
  }

  async startContainer(containerId: string): Promise<void> {
    const entry = this.#find(containerId);
    const { state, running } = entry;
    entry.exited = new Promise(resolve => {
      running.onExit(exitCode => {
        running.log.close();
        Object.assign(state, {
          phase: 'exited',
          exitCode,
          finishedAt: new Date(),
        });
        resolve();
        this.#listeners.forEach(listener => listener({ ...state }));
      });
    });
    Object.assign(state, { phase: 'running', startedAt: new Date() });
    try {
      await running.start();
    } catch (error) {
      running.kill();
      throw entry.restoredAt ? restoreFailed(state.spec, error) : error;
    }
  }

  async stopContainer(
    containerId: string,
    graceSeconds: number,
  ): Promise<void> {
    const entry = this.#containers.get(containerId);
    if (entry?.state.phase !== 'running') {
      return;
    }
    const killer = setTimeout(() => entry.running.kill(), graceSeconds * 1000);
    entry.running.terminate();
    await entry.exited;
    clearTimeout(killer);
  }

  async removeContainer(containerId: string): Promise<void> {
    const entry = this.#containers.get(containerId);
    if (!entry) {
      return;
    }
    if (entry.state.phase === 'running') {
      entry.running.kill();
      await entry.exited;
    }
    entry.running.log.close();
    this.#containers.delete(containerId);
    await fs.rm(this.#directoryOf(containerId), {
      recursive: true,
      force: true,
    });
  }

  container(containerId: string): ContainerState | undefined {
    const entry = this.#containers.get(containerId);
    return entry && { ...entry.state };
  }

  onExit(listener: (state: ContainerState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async checkpointContainer(
    containerId: string,
    archivePath: string,
  ): Promise<void> {
    const entry = this.#find(containerId);
    if (entry.state.phase !== 'running') {
      throw new RuntimeError(`container ${containerId} is not running`);
    }
    if (entry.isCheckpointing) {
      throw new RuntimeError(
        `failed to pause container "${containerId}" before checkpointing: cannot pause a paused container`,
      );
    }
    if (!(entry.running instanceof EmulatedContainer)) {
      throw new RuntimeError(
        `failed to checkpoint container ${containerId}: it is a program of the lab's host, which the emulated runtime cannot dump`,
      );
    }
    entry.isCheckpointing = true;
    try {
      await dumpContainer(
        entry.running,
        { ...entry, ociRuntime: OCI_RUNTIME },
        archivePath,
        join(this.#directoryOf(containerId), 'dump'),
      );
    } finally {
      entry.isCheckpointing = false;
    }
  }

  async close(): Promise<void> {
    for (const sandboxId of [...this.#sandboxes.keys()]) {
      await this.removeSandbox(sandboxId);
    }
  }

  #add(
    id: string,
    spec: ContainerSpec,
    sandbox: Sandbox,
    running: RunningContainer,
    command: Pick<
      Entry,
      'argv' | 'environment' | 'workingDirectory' | 'restoredAt'
    >,
  ): void {
    this.#containers.set(id, {
      ...command,
      state: { id, spec, phase: 'created', createdAt: new Date() },
      sandbox,
      running,
      isCheckpointing: false,
      exited: Promise.resolve(),
    });
  }

  #sandboxOf(spec: ContainerSpec): Sandbox {
    const sandbox = this.#sandboxes.get(spec.sandboxId);
    if (!sandbox) {
      throw new RuntimeError(`specified sandbox not found: ${spec.sandboxId}`);
    }
    return sandbox;
  }

  #filesOf(id: string, spec: ContainerSpec): ContainerFiles {
    return new ContainerFiles(
      spec.image.rootfs,
      join(this.#directoryOf(id), 'diff'),
    );
  }

  #directoryOf(id: string): string {
    return join(this.stateDir, 'containers', id);
  }

  #find(containerId: string): Entry {
    const entry = this.#containers.get(containerId);
    if (!entry) {
      throw new RuntimeError(`could not find container "${containerId}"`);
    }
    return entry;
  }
}

/** The script of a container that runs `node <script>`; such containers are programs of this machine. */
function hostScript(
  { argv, workingDirectory }: Pick<Entry, 'argv' | 'workingDirectory'>,
  files: ContainerFiles,
): string | undefined {
  return posix.basename(argv[0]) === 'node' && argv[1]
    ? files.findImageFile(posix.resolve(workingDirectory, argv[1]))
    : undefined;
}

function withHome(environment: string[]): string[] {
  return environment.some(variable => variable.startsWith('HOME='))
    ? environment
    : [...environment, 'HOME=/root'];
}

function restoreFailed({ name }: ContainerSpec, error: unknown): RuntimeError {
  return new RuntimeError(
    `failed to restore container ${name}: container restore failed: ${
      (error as Error).message
    }`,
  );
}

function newId(): string {
  return randomBytes(32).toString('hex');
}
