import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { ContainerDescription } from './archive/describeContainer';
import { containerArguments, containerEnvironment } from './containerCommand';
import type {
  ContainerRuntime,
  ContainerSpec,
  ContainerState,
  Sandbox,
  SandboxSpec,
} from './ContainerRuntime';
import { RuntimeError } from './ContainerRuntime';
import { HostProgram } from './HostProgram';
import { PodAddresses } from './PodAddresses';
import type { RunningContainer } from './RunningContainer';

/** What the runtime it stands for is called in archives. */
const OCI_RUNTIME = 'crun';
/** The exit code of a container that could not be started (`StartError` in the kubelet). */
const START_ERROR = 128;

/** What a container executes; of a restored one, what its archive says. */
export type ContainerCommand = Pick<
  ContainerDescription,
  'argv' | 'environment' | 'workingDirectory' | 'restoredAt'
>;

/** A container that is to be made. */
export interface NewContainer {
  id: string;
  spec: ContainerSpec;
  sandbox: Sandbox;
  /** A folder of this machine for the container alone; removed with it. */
  directory: string;
}

interface Entry<Container> extends ContainerCommand {
  state: ContainerState;
  sandbox: Sandbox;
  running: Container | HostProgram;
  isCheckpointing: boolean;
  exited: Promise<void>;
  end(exitCode: number): void;
}

/**
 * Keeps track of a node's sandboxes and containers, and runs containers of Node programs on this machine. What all other containers
 * are is for the class that extends it to say.
 */
export abstract class NodeRuntime<Container extends RunningContainer>
  implements ContainerRuntime
{
  abstract readonly version: string;
  abstract readonly kind: ContainerRuntime['kind'];
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #containers = new Map<string, Entry<Container>>();
  readonly #listeners = new Set<(state: ContainerState) => void>();
  readonly #addresses: PodAddresses;

  protected constructor(
    private readonly stateDir: string,
    podAddressPrefix: string,
  ) {
    this.#addresses = new PodAddresses(podAddressPrefix);
  }

  /** Makes what a sandbox's containers share. */
  protected async openSandbox(_sandbox: Sandbox): Promise<void> {}
  protected async closeSandbox(_sandbox: Sandbox): Promise<void> {}
  /** Makes a container that waits to be started. */
  protected abstract make(
    container: NewContainer,
    command: ContainerCommand,
  ): Promise<Container>;
  /** Makes a container of an archive that waits to be started. */
  protected abstract restore(
    container: NewContainer,
    archivePath: string,
  ): Promise<{ running: Container; command: ContainerCommand }>;
  /** Writes an archive of a container that runs. `directory` is for the time of the dump. */
  protected abstract dump(
    running: Container,
    description: ContainerDescription,
    archivePath: string,
    directory: string,
  ): Promise<void>;

  async createSandbox(spec: SandboxSpec): Promise<Sandbox> {
    const sandbox = {
      id: newId(),
      spec,
      address: spec.hostAddress ?? this.#addresses.take(),
    };
    try {
      await this.openSandbox(sandbox);
    } catch (error) {
      this.#addresses.free(sandbox.address);
      throw error;
    }
    this.#sandboxes.set(sandbox.id, sandbox);
    return sandbox;
  }

  async removeSandbox(sandboxId: string): Promise<void> {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox) {
      return;
    }
    this.#sandboxes.delete(sandboxId);
    for (const { state } of [...this.#containers.values()]) {
      if (state.spec.sandboxId === sandboxId) {
        await this.removeContainer(state.id);
      }
    }
    await this.closeSandbox(sandbox);
    this.#addresses.free(sandbox.address);
  }

  async createContainer(spec: ContainerSpec): Promise<string> {
    const command = (sandbox: Sandbox): ContainerCommand => ({
      argv: containerArguments(spec),
      environment: containerEnvironment(spec, sandbox),
      workingDirectory:
        spec.workingDirectory || spec.image.workingDirectory || '/',
    });
    return this.#add(spec, async container => {
      const described = command(container.sandbox);
      const running =
        HostProgram.find(container, described) ??
        (await this.make(container, described));
      return { running, command: described };
    });
  }

  async restoreContainer(
    spec: ContainerSpec,
    archivePath: string,
  ): Promise<string> {
    return this.#add(spec, container =>
      this.restore(container, archivePath).catch(error => {
        throw restoreFailed(spec, error);
      }),
    );
  }

  async startContainer(containerId: string): Promise<void> {
    const entry = this.#find(containerId);
    const { state, running } = entry;
    Object.assign(state, { phase: 'running', startedAt: new Date() });
    running.onExit(exitCode => entry.end(exitCode));
    try {
      await running.start();
    } catch (error) {
      running.kill();
      entry.end(START_ERROR);
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
    this.#containers.delete(containerId);
    if (entry.state.phase === 'running') {
      entry.running.kill();
      await entry.exited;
    }
    await entry.running.close();
    await this.#forget(containerId);
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
    const { state, running } = entry;
    if (state.phase !== 'running') {
      throw new RuntimeError(`container ${containerId} is not running`);
    }
    if (entry.isCheckpointing) {
      throw new RuntimeError(
        `failed to pause container "${containerId}" before checkpointing: cannot pause a paused container`,
      );
    }
    if (running instanceof HostProgram) {
      throw new RuntimeError(
        `failed to checkpoint container ${containerId}: it is a program of the lab's host, which the lab cannot dump`,
      );
    }
    entry.isCheckpointing = true;
    const directory = join(this.#directoryOf(containerId), 'dump');
    try {
      await this.dump(
        running,
        { ...entry, ociRuntime: OCI_RUNTIME },
        archivePath,
        directory,
      );
    } finally {
      entry.isCheckpointing = false;
      await fs.rm(directory, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    for (const sandboxId of [...this.#sandboxes.keys()]) {
      await this.removeSandbox(sandboxId);
    }
  }

  async #add(
    spec: ContainerSpec,
    make: (container: NewContainer) => Promise<{
      running: Container | HostProgram;
      command: ContainerCommand;
    }>,
  ): Promise<string> {
    const sandbox = this.#sandboxes.get(spec.sandboxId);
    if (!sandbox) {
      throw new RuntimeError(`specified sandbox not found: ${spec.sandboxId}`);
    }
    const id = newId();
    const directory = this.#directoryOf(id);
    await fs.mkdir(directory, { recursive: true });
    try {
      const made = await make({ id, spec, sandbox, directory });
      this.#containers.set(id, this.#entry(id, spec, sandbox, made));
    } catch (error) {
      await this.#forget(id);
      throw error;
    }
    return id;
  }

  #entry(
    id: string,
    spec: ContainerSpec,
    sandbox: Sandbox,
    made: { running: Container | HostProgram; command: ContainerCommand },
  ): Entry<Container> {
    const state: ContainerState = {
      id,
      spec,
      phase: 'created',
      createdAt: new Date(),
    };
    let resolveExited = () => {};
    const exited = new Promise<void>(resolve => {
      resolveExited = resolve;
    });
    const end = (exitCode: number) => {
      if (state.phase !== 'exited') {
        Object.assign(state, {
          phase: 'exited',
          exitCode,
          finishedAt: new Date(),
        });
        resolveExited();
        this.#listeners.forEach(listener => listener({ ...state }));
      }
    };
    const { running, command } = made;
    return {
      ...command,
      state,
      sandbox,
      running,
      isCheckpointing: false,
      exited,
      end,
    };
  }

  #forget(containerId: string): Promise<void> {
    const directory = this.#directoryOf(containerId);
    return fs.rm(directory, { recursive: true, force: true });
  }

  #directoryOf(containerId: string): string {
    return join(this.stateDir, 'containers', containerId);
  }

  #find(containerId: string): Entry<Container> {
    const entry = this.#containers.get(containerId);
    if (!entry) {
      throw new RuntimeError(`could not find container "${containerId}"`);
    }
    return entry;
  }
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
