import { existsSync, promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { cgroupPath, ContainerDescription } from '../archive/describeContainer';
import { readArchiveHead, unpackArchive } from '../archive/readArchive';
import type { Sandbox } from '../ContainerRuntime';
import type { RuntimeOptions } from '../createRuntime';
import { NodeRuntime } from '../NodeRuntime';
import type { ContainerCommand, NewContainer } from '../TrackedContainer';
import { writeBundle } from './container/bundle';
import { EXITS } from './container/conmon';
import { CrunContainer } from './container/CrunContainer';
import { dumpContainer } from './container/dumpContainer';
import { ExitFiles } from './container/ExitFiles';
import { OverlayRootfs } from './container/OverlayRootfs';
import { NodeNamespaces } from './node/NodeNamespaces';
import { closeSandbox, openSandbox } from './node/SandboxNamespaces';
import { criuRoot } from './prepare/criuRoot';

/** Containers that are real Linux processes, in namespaces of the node's own; checkpointed and restored by crun and CRIU. */
export class CriuRuntime extends NodeRuntime<CrunContainer> {
  /** Speaks as CRI-O does; after the `+` what is behind it. */
  readonly version = 'cri-o://1.37.0+crun.criu';
  readonly kind = 'criu';

  private constructor(
    stateDir: string,
    private readonly node: NodeNamespaces,
    private readonly exits: ExitFiles,
  ) {
    super(stateDir, node.options.addressPrefix);
  }

  /** Needs what `prepareCriu` has prepared. */
  static async create({
    stateDir,
    podAddressPrefix,
  }: RuntimeOptions): Promise<CriuRuntime> {
    await fs.rm(stateDir, { recursive: true, force: true });
    const storage = join(stateDir, 'storage');
    await fs.mkdir(storage, { recursive: true });
    const node = await NodeNamespaces.create({
      root: criuRoot(),
      storage,
      addressPrefix: routablePrefix(podAddressPrefix),
    });
    return new CriuRuntime(stateDir, node, new ExitFiles(join(storage, EXITS)));
  }

  /** Of what makes and restores the containers: `CRIU 4.2.1, crun 1.28`. */
  async versions(): Promise<string> {
    const [, criu] = /Version: (\S+)/.exec(
      await this.node.run(['criu', '--version']),
    )!;
    const [, crun] = /crun version (\S+)/.exec(
      await this.node.run(['crun', '--version']),
    )!;
    return `CRIU ${criu}, crun ${crun}`;
  }

  async close(): Promise<void> {
    await super.close();
    this.exits.close();
    await this.node.close();
  }

  protected async openSandbox(sandbox: Sandbox): Promise<void> {
    await openSandbox(this.node, sandbox);
  }

  protected async closeSandbox(sandbox: Sandbox): Promise<void> {
    await closeSandbox(this.node, sandbox);
  }

  protected async make(
    container: NewContainer,
    command: ContainerCommand,
  ): Promise<CrunContainer> {
    return this.#make(container, command);
  }

  protected async restore(container: NewContainer, archivePath: string) {
    const { spec, directory } = container;
    const { specDump } = await readArchiveHead(archivePath);
    const { args, env, cwd } = specDump.process;
    const command: ContainerCommand = {
      argv: args,
      environment: env,
      workingDirectory: cwd,
      restoredAt: new Date(),
    };
    const unpacked = join(directory, 'restore');
    await unpackArchive(archivePath, unpacked);
    // The log goes on from where the archive's ends (CRI-O, container_restore.go).
    const oldLog = join(unpacked, 'io.kubernetes.cri-o.LogPath');
    if (existsSync(oldLog)) {
      await fs.mkdir(dirname(spec.logPath), { recursive: true });
      await fs.copyFile(oldLog, spec.logPath);
    }
    const running = await this.#make(container, command, unpacked);
    return { running, command };
  }

  protected async dump(
    running: CrunContainer,
    description: ContainerDescription,
    archivePath: string,
    directory: string,
  ): Promise<void> {
    await dumpContainer(
      this.node,
      running,
      description,
      archivePath,
      directory,
    );
  }

  async #make(
    { id, spec, sandbox }: NewContainer,
    command: ContainerCommand,
    unpacked?: string,
  ): Promise<CrunContainer> {
    const { node, exits } = this;
    const rootfs = await OverlayRootfs.mount(node, spec.image.rootfs, id);
    try {
      if (unpacked) {
        await applyArchive(rootfs, unpacked);
      }
      const description: ContainerDescription = {
        ...command,
        state: { id, spec, phase: 'created', createdAt: new Date() },
        sandbox,
        ociRuntime: 'crun',
      };
      const bundle = await writeBundle(node, description);
      await fs.mkdir(dirname(spec.logPath), { recursive: true });
      return await CrunContainer.create({
        id,
        node,
        exits,
        rootfs,
        bundle,
        controlGroup: cgroupPath(description),
        logPath: spec.logPath,
        restoreFrom: unpacked && join(unpacked, 'checkpoint'),
      });
    } catch (error) {
      await rootfs.unmount();
      throw error;
    }
  }
}

/** Puts what the container had changed in its files over the image's. */
async function applyArchive(
  rootfs: OverlayRootfs,
  unpacked: string,
): Promise<void> {
  const changes = join(unpacked, 'rootfs-diff.tar');
  if (existsSync(changes)) {
    await rootfs.applyChanges(changes);
  }
  const deletions = join(unpacked, 'deleted.files');
  if (existsSync(deletions)) {
    const deleted = JSON.parse(await fs.readFile(deletions, 'utf8'));
    await rootfs.applyDeletions(deleted);
  }
}

/** A loopback address (`127.41.11`) means this machine only, in every network namespace: its node gets `10.41.11`. */
function routablePrefix(prefix: string): string {
  return prefix.replace(/^127\./, '10.');
}
