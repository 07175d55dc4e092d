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
import { criuAttaching } from './events/criuAttaching';
import type { SystemEvent } from './events/SystemEvent';
import { SystemEvents } from './events/SystemEvents';
import type { CommandStreams, RunningContainer } from './RunningContainer';
import {
  ContainerCommand,
  NewContainer,
  TrackedContainer,
} from './TrackedContainer';

/** What the runtime it stands for is called in archives. */
const OCI_RUNTIME = 'crun';
/** The exit code of a container that could not be started (`StartError` in the kubelet). */
const START_ERROR = 128;

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
  readonly #containers = new Map<
    string,
    TrackedContainer<Container | HostProgram>
  >();
  readonly #listeners = new Set<(state: ContainerState) => void>();
  readonly #events = new SystemEvents();
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
    return this.#add(spec, async container => {
      const command = {
        argv: containerArguments(spec),
        environment: containerEnvironment(spec, container.sandbox),
        workingDirectory:
          spec.workingDirectory || spec.image.workingDirectory || '/',
      };
      const running =
        HostProgram.find(container, command) ??
        (await this.make(container, command));
      return { running, command };
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
    const container = this.#find(containerId);
    const { state, running, command } = container;
    container.begin();
    try {
      await running.start();
    } catch (error) {
      running.kill();
      container.end(START_ERROR);
      throw command.restoredAt ? restoreFailed(state.spec, error) : error;
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

  onSystemEvent(listener: (event: SystemEvent) => void): () => void {
    return this.#events.watch(listener);
  }

  async executeCommand(
    containerId: string,
    argv: string[],
    streams: CommandStreams,
  ): Promise<number> {
    const { state, ...tracked } = this.#find(containerId);
    const running: RunningContainer = tracked.running;
    if (state.phase !== 'running') {
      throw new RuntimeError(`container ${containerId} is not running`);
    }
    if (!running.runCommand) {
      throw new RuntimeError(
        'the lab runs no commands beside a program of its host',
      );
    }
    return running.runCommand(argv, streams);
  }

  async checkpointContainer(
    containerId: string,
    archivePath: string,
  ): Promise<void> {
    const container = this.#find(containerId);
    const { running } = container;
    if (running instanceof HostProgram) {
      throw new RuntimeError(
        `failed to checkpoint container ${containerId}: it is a program of the lab's host, which the lab cannot dump`,
      );
    }
    container.requireCheckpointable();
    container.isCheckpointing = true;
    const directory = join(this.#directoryOf(containerId), 'dump');
    this.#events.tell(criuAttaching());
    try {
      await this.dump(
        running,
        container.describe(OCI_RUNTIME),
        archivePath,
        directory,
      );
    } finally {
      container.isCheckpointing = false;
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
    const container = { id, spec, sandbox, directory: this.#directoryOf(id) };
    await fs.mkdir(container.directory, { recursive: true });
    try {
      const { running, command } = await make(container);
      const tracked = new TrackedContainer(container, running, command, state =>
        this.#listeners.forEach(listener => listener(state)),
      );
      this.#containers.set(id, tracked);
      const watched: RunningContainer = running;
      watched.onSystemCall?.(seen => this.#events.tell(seen, container));
    } catch (error) {
      await this.#forget(id);
      throw error;
    }
    return id;
  }

  #forget(containerId: string): Promise<void> {
    const directory = this.#directoryOf(containerId);
    return fs.rm(directory, { recursive: true, force: true });
  }

  #directoryOf(containerId: string): string {
    return join(this.stateDir, 'containers', containerId);
  }

  #find(containerId: string) {
    const container = this.#containers.get(containerId);
    if (!container) {
      throw new RuntimeError(`could not find container "${containerId}"`);
    }
    return container;
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
