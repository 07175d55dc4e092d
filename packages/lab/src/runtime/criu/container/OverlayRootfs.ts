import { createReadStream, promises as fs, Stats } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { NodeNamespaces } from '../node/NodeNamespaces';

/** In a container's root file system, while an archive is applied to it. */
const OWN_FOLDER = '/.cubemig';

/** What a container changed in its root file system. */
export interface RootfsChanges {
  /** Added or changed, without a leading slash, folders before what is in them. */
  changed: string[];
  /** Removed, with a leading slash. */
  deleted: string[];
}

/**
 * A container's root file system: an overlay over the image's files, mounted in the node. CRIU needs a mount that is the container's
 * own (`doesn't have a proper root mount` otherwise).
 */
export class OverlayRootfs {
  private constructor(
    private readonly node: NodeNamespaces,
    /** The image's files, on this machine. */
    private readonly lower: string,
    /** On this machine: what the container wrote, and what the kernel needs beside it. */
    private readonly directory: string,
    /** Where it is mounted in the node. */
    readonly mountPoint: string,
  ) {}

  /** The container's root as it sees it, and what it wrote, as paths of this machine. Links in them lead elsewhere here. */
  get onMachine(): { merged: string; upper: string } {
    return {
      merged: this.node.machinePathOf(this.mountPoint),
      upper: join(this.directory, 'diff'),
    };
  }

  static async mount(
    node: NodeNamespaces,
    lower: string,
    id: string,
  ): Promise<OverlayRootfs> {
    const directory = join(node.options.storage, 'overlay', id);
    for (const name of ['diff', 'work', 'merged']) {
      await fs.mkdir(join(directory, name), { recursive: true });
    }
    const mounted = `/var/lib/containers/storage/overlay/${id}`;
    const rootfs = new OverlayRootfs(
      node,
      lower,
      directory,
      `${mounted}/merged`,
    );
    // The upper folder's mode and owner are those of the container's root folder.
    const { mode, uid, gid } = await fs.stat(lower);
    await fs.chmod(join(directory, 'diff'), mode);
    await fs.chown(join(directory, 'diff'), uid, gid);
    const options = [
      `lowerdir=${escapeOption(await node.pathOf(lower))}`,
      `upperdir=${mounted}/diff`,
      `workdir=${mounted}/work`,
    ];
    // CRI-O gives every container that link.
    await node.script(
      `mount -t overlay overlay -o "$2" "$1"
       if [ -d "$1/etc" ]; then ln -sf /proc/mounts "$1/etc/mtab"; fi`,
      [rootfs.mountPoint, options.join(',')],
      { whatFailed: `failed to mount container ${id}` },
    );
    return rootfs;
  }

  /**
   * Compares with the image. `hidden` are the places of mounts: an empty file that was made to mount a file on it is no change.
   */
  async findChanges(hidden: ReadonlySet<string>): Promise<RootfsChanges> {
    const changes: RootfsChanges = { changed: [], deleted: [] };
    await this.#compare('', hidden, changes);
    return changes;
  }

  /** Writes a plain tar of the changed files to a path of the node. */
  async packChanges({ changed }: RootfsChanges, tarFile: string) {
    await this.node.run(
      [
        ...['tar', '--create', '--file', tarFile],
        ...['--directory', this.mountPoint, '--numeric-owner', '--sort=none'],
        ...['--no-recursion', '--null', '--verbatim-files-from'],
        ...['--files-from=-'],
      ],
      { input: changed.map(path => `${path}\0`).join('') },
    );
  }

  /** Applies what {@link packChanges} wrote. */
  async applyChanges(tarFile: string): Promise<void> {
    await this.#runInside(
      ['tar', '-x', '-p', '--numeric-owner', '-f', '-'],
      createReadStream(tarFile),
    );
  }

  /** Removes files of the image. */
  async applyDeletions(deleted: string[]): Promise<void> {
    const list = deleted.map(path => `${path}\0`).join('');
    await this.#runInside(
      ['xargs', '-0', `${OWN_FOLDER}/busybox`, 'rm', '-rf', '--'],
      list,
    );
  }

  async unmount(): Promise<void> {
    await this.node.run(['umount', this.mountPoint]);
    await fs.rm(this.directory, { recursive: true, force: true });
  }

  /** Runs a command of busybox with this root alone: what an archive says must not lead out, nor a link of the image. */
  async #runInside(argv: string[], input: string | Readable): Promise<void> {
    await this.node.script(
      `root=$1 folder=$2
       shift 2
       mkdir "$root$folder"
       cp /usr/bin/busybox "$root$folder"
       chroot "$root" "$folder/busybox" "$@"
       rm -r "$root$folder"`,
      [this.mountPoint, OWN_FOLDER, ...argv],
      { whatFailed: "failed to apply the checkpoint's files", input },
    );
  }

  /** Only folders of the upper layer can hold changes; what the image has there and the container does not see was deleted. */
  async #compare(
    folder: string,
    hidden: ReadonlySet<string>,
    changes: RootfsChanges,
  ): Promise<void> {
    const seen = this.node.machinePathOf(join(this.mountPoint, folder));
    const [before, written, after] = await Promise.all([
      listNames(join(this.lower, folder)),
      listNames(join(this.directory, 'diff', folder)),
      listNames(seen),
    ]);
    for (const name of [...new Set([...before, ...written])].sort()) {
      const path = join(folder, name);
      if (!after.has(name)) {
        changes.deleted.push(`/${path}`);
      } else if (written.has(name)) {
        const stats = await fs.lstat(join(seen, name));
        const isSameFolder =
          stats.isDirectory() &&
          before.has(name) &&
          isAlike(stats, await fs.lstat(join(this.lower, path)));
        if (!isSameFolder && (stats.isDirectory() || !hidden.has(`/${path}`))) {
          changes.changed.push(path);
        }
        if (stats.isDirectory()) {
          await this.#compare(path, hidden, changes);
        }
      }
    }
  }
}

function isAlike(a: Stats, b: Stats): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

/** A folder's entries; none where there is no such folder. */
async function listNames(folder: string): Promise<Set<string>> {
  const stats = await fs.lstat(folder).catch(() => undefined);
  return new Set(stats?.isDirectory() ? await fs.readdir(folder) : []);
}

function escapeOption(path: string): string {
  return path.replace(/[\\:,]/g, character => `\\${character}`);
}
