import { promises as fs } from 'node:fs';
import { Readable } from 'node:stream';
import type { SeenCall } from '../../events/SystemEvent';
import type { CommandStreams, RunningContainer } from '../../RunningContainer';
import type { NodeNamespaces } from '../node/NodeNamespaces';
import { CommandWatch } from '../watch/CommandWatch';
import { runConmon } from './conmon';
import type { ExitFiles } from './ExitFiles';
import type { OverlayRootfs } from './OverlayRootfs';

/** What a shell says of a command that SIGKILL ended. */
const KILLED = 137;

export interface CrunContainerParts {
  id: string;
  node: NodeNamespaces;
  exits: ExitFiles;
  rootfs: OverlayRootfs;
  /** Folder of the node with `config.json`. */
  bundle: string;
  /** Its control group, below the root of each hierarchy. */
  controlGroup: string;
  /** On this machine. */
  logPath: string;
  /** A folder of this machine with the CRIU images that it starts from. */
  restoreFrom?: string;
}

/** Real processes, made by crun; or made again, by CRIU. */
export class CrunContainer implements RunningContainer {
  #isClosed = false;
  #onExit: (exitCode: number) => void = () => {};
  #onSystemCall: (seen: SeenCall) => void = () => {};

  private constructor(private readonly parts: CrunContainerParts) {}

  get id(): string {
    return this.parts.id;
  }

  get rootfs(): OverlayRootfs {
    return this.parts.rootfs;
  }

  static async create(parts: CrunContainerParts): Promise<CrunContainer> {
    const container = new CrunContainer(parts);
    // conmon would make the file for its owner's eyes only.
    await fs.appendFile(parts.logPath, '');
    if (!parts.restoreFrom) {
      await container.#conmon();
    }
    return container;
  }

  onExit(listener: (exitCode: number) => void): void {
    this.#onExit = listener;
  }

  async start(): Promise<void> {
    const { id, node, exits, restoreFrom } = this.parts;
    if (restoreFrom) {
      await this.#conmon(await node.pathOf(restoreFrom));
      await fs.rm(restoreFrom, { recursive: true, force: true });
    } else {
      await node.run(['crun', 'start', id]);
    }
    exits.onExit(id, exitCode => this.#onExit(exitCode));
  }

  onSystemCall(listener: (seen: SeenCall) => void): void {
    this.#onSystemCall = listener;
  }

  terminate(): void {
    this.#signal('TERM');
  }

  kill(): void {
    this.#signal('KILL');
  }

  async runCommand(
    argv: string[],
    { input, output, error, signal }: CommandStreams,
  ): Promise<number> {
    const child = this.parts.node.spawn(['crun', 'exec', this.id, ...argv]);
    child.stdout!.on('data', output);
    child.stderr!.on('data', error);
    // A command that does not read its input is no failure.
    child.stdin!.on('error', () => {});
    Readable.from(input ?? []).pipe(child.stdin!);
    const { node, rootfs } = this.parts;
    const watch = new CommandWatch(
      child.pid!,
      node.pid,
      rootfs.onMachine,
      seen => this.#onSystemCall(seen),
    );
    const kill = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', kill);
    return new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code => resolve(code ?? KILLED));
    }).finally(() => {
      signal?.removeEventListener('abort', kill);
      watch.close();
    });
  }

  /** Holds all its processes still. */
  async pause(): Promise<void> {
    const { id, node } = this.parts;
    await node.run(['crun', 'pause', id], {
      whatFailed: `failed to pause container "${id}" before checkpointing`,
    });
  }

  async resume(): Promise<void> {
    await this.parts.node.run(['crun', 'resume', this.id]);
  }

  /** Writes CRIU's images into `checkpoint` of a folder of the node, its log and statistics beside it. */
  async dump(directory: string): Promise<void> {
    const { id, node } = this.parts;
    await node.run(
      [
        ...['crun', 'checkpoint', '--leave-running'],
        ...['--image-path', `${directory}/checkpoint`],
        ...['--work-path', directory, id],
      ],
      { whatFailed: `failed to checkpoint container ${id}` },
    );
  }

  async close(): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    const { id, node, exits, rootfs, bundle } = this.parts;
    exits.forget(id);
    // A container that was never started, or that CRIU could not restore, may be unknown to crun.
    await node.run(['crun', 'delete', '--force', id]).catch(() => {});
    await rootfs.unmount();
    await node.run(['rm', '--recursive', '--force', bundle]);
  }

  async #conmon(restoreFrom?: string): Promise<void> {
    const { id, node, bundle, controlGroup, logPath } = this.parts;
    await runConmon(node, {
      id,
      bundle,
      controlGroup,
      logPath: await node.pathOf(logPath),
      restoreFrom,
    });
  }

  /** A process that is gone needs no signal. */
  #signal(signal: string): void {
    this.parts.node.run(['crun', 'kill', this.id, signal]).catch(() => {});
  }
}
