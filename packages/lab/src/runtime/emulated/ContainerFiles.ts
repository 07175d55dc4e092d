import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  promises as fs,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { ContainerMount } from '../ContainerRuntime';

const MAX_EXECUTABLE_BYTES = 1024 * 1024;
const EXECUTE_BITS = 0o111;

/** An executable file in a container. */
export interface Executable {
  path: string;
  content: Buffer;
}

/** A container's files: the image's, never written to, above them what the container wrote or removed, and volumes where they are mounted. */
export class ContainerFiles {
  /** What the image has and the container removed; what it wrote there since counts again. */
  readonly #removed = new Set<string>();

  constructor(
    private readonly imageRootfs: string,
    private readonly changes: string,
    private readonly mounts: ContainerMount[] = [],
  ) {
    mkdirSync(changes, { recursive: true });
  }

  /** Finds a command as execvp(3) does. */
  findExecutable(
    command: string,
    environment: string[],
    workingDirectory: string,
  ): Executable | undefined {
    const path =
      environment.find(variable => variable.startsWith('PATH='))?.slice(5) ??
      '';
    const candidates = command.includes('/')
      ? [posix.resolve(workingDirectory, command)]
      : path.split(':').map(folder => posix.join(folder, command));
    for (const candidate of candidates) {
      const file = this.#find(candidate);
      if (
        file &&
        statSync(file).isFile() &&
        statSync(file).size <= MAX_EXECUTABLE_BYTES
      ) {
        return { path: candidate, content: readFileSync(file) };
      }
    }
    return undefined;
  }

  /** A file's content; undefined where there is no such file. */
  read(path: string): Buffer | undefined {
    const file = this.#find(path);
    return file && statSync(file).isFile() ? readFileSync(file) : undefined;
  }

  /** The names in a folder; undefined where there is no such folder. */
  list(path: string): string[] | undefined {
    const mount = this.#mountOf(path);
    const folders = (
      mount ? [findBelow(mount.root, mount.rest)] : this.#layersOf(path)
    ).filter(folder => folder && statSync(folder).isDirectory());
    const mounted = this.mounts
      .filter(({ containerPath }) => posix.dirname(containerPath) === path)
      .map(({ containerPath }) => posix.basename(containerPath));
    return folders.length + mounted.length === 0
      ? undefined
      : [
          ...new Set([
            ...folders.flatMap(folder => readdirSync(folder!)),
            ...mounted,
          ]),
        ]
          .filter(name => mount || !this.#isGone(posix.join(path, name)))
          .sort();
  }

  isFolder(path: string): boolean {
    return this.list(posix.resolve('/', path)) !== undefined;
  }

  /** Whether a file was added or changed since the container was made (overlayfs: it lies in the upper layer). */
  isWritten(path: string): boolean {
    return !this.#mountOf(path) && findBelow(this.changes, path) !== undefined;
  }

  write(path: string, content: string | Buffer): void {
    const file = this.#placeOf(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  append(path: string, content: Buffer): void {
    this.write(
      path,
      Buffer.concat([this.read(path) ?? Buffer.alloc(0), content]),
    );
  }

  /** Of a file's mode only this is kept. */
  isExecutable(path: string): boolean {
    const file = this.#find(path);
    return file !== undefined && hasExecuteBit(file);
  }

  setExecutable(path: string, isExecutable: boolean): void {
    const file = this.#placeOf(path);
    // A file of the image is copied up first, as overlayfs does.
    if (!existsSync(file)) this.write(path, this.read(path)!);
    chmodSync(file, modeOf(isExecutable));
  }

  makeFolder(path: string): void {
    mkdirSync(this.#placeOf(path), { recursive: true });
  }

  /** A file, or a folder with all that is in it. */
  remove(path: string): void {
    const absolute = posix.resolve('/', path);
    if (this.mounts.some(({ containerPath }) => containerPath === absolute)) {
      throw new Error('Device or resource busy');
    }
    const mount = this.#mountOf(absolute);
    rmSync(this.#placeOf(absolute), { recursive: true, force: true });
    if (!mount && findBelow(this.imageRootfs, absolute)) {
      this.#removed.add(absolute);
    }
  }

  /** Paths of the image that are gone, as CRI-O's `deleted.files` lists them. */
  removed(): string[] {
    return [...this.#removed]
      .filter(path => findBelow(this.changes, path) === undefined)
      .sort();
  }

  /** `rootfs-diff.tar`: what the container changed. The link is what a runtime puts into each container. */
  async packChanges(): Promise<Buffer> {
    const archive = pack();
    archive.entry({
      name: 'etc/mtab',
      type: 'symlink',
      linkname: '/proc/mounts',
    });
    for (const file of await listFiles(this.changes)) {
      archive.entry(
        {
          name: relative(this.changes, file),
          mode: modeOf(hasExecuteBit(file)),
        },
        await fs.readFile(file),
      );
    }
    archive.finalize();
    return buffer(archive);
  }

  /** The inverse of {@link packChanges}; names that lead out of the file system end up inside. */
  async unpackChanges(path: string): Promise<void> {
    const archive = extract();
    const read = (async () => {
      for await (const entry of archive) {
        if (entry.header.type === 'file') {
          const { name, mode = 0 } = entry.header;
          this.write(name, await buffer(entry));
          this.setExecutable(name, (mode & EXECUTE_BITS) !== 0);
        } else {
          entry.resume();
        }
      }
    })();
    await Promise.all([pipeline(createReadStream(path), archive), read]);
  }

  #find(path: string): string | undefined {
    const mount = this.#mountOf(path);
    if (mount) {
      return findBelow(mount.root, mount.rest);
    }
    return this.#layersOf(path).find(file => file !== undefined);
  }

  /** Where a path lies in what was written and, unless it was removed, in the image. */
  #layersOf(path: string): (string | undefined)[] {
    return [
      findBelow(this.changes, path),
      this.#isHidden(path) ? undefined : findBelow(this.imageRootfs, path),
    ];
  }

  #isHidden(path: string): boolean {
    const absolute = posix.resolve('/', path);
    return [...this.#removed].some(
      gone => absolute === gone || absolute.startsWith(`${gone}/`),
    );
  }

  #isGone(path: string): boolean {
    return (
      this.#isHidden(path) &&
      !this.#mountOf(path) &&
      findBelow(this.changes, path) === undefined
    );
  }

  /** Where a path is written to. */
  #placeOf(path: string): string {
    const mount = this.#mountOf(path);
    if (mount?.readOnly) {
      throw new Error('Read-only file system');
    }
    return mount
      ? join(mount.root, mount.rest)
      : join(this.changes, posix.resolve('/', path));
  }

  /** The innermost mount that a path lies in, and the path below it. */
  #mountOf(path: string) {
    const absolute = posix.resolve('/', path);
    const [mount] = this.mounts
      .filter(
        ({ containerPath }) =>
          absolute === containerPath ||
          absolute.startsWith(`${containerPath}/`),
      )
      .sort((a, b) => b.containerPath.length - a.containerPath.length);
    return (
      mount && {
        root: mount.hostPath,
        rest: absolute.slice(mount.containerPath.length) || '/',
        readOnly: mount.readOnly,
      }
    );
  }
}

/** Where a file of a root file system lies on this machine; undefined if there is none or a link leads out of it. */
export function findBelow(root: string, path: string): string | undefined {
  const file = join(root, posix.resolve('/', path)).replace(/\/$/, '');
  if (!existsSync(file)) {
    return undefined;
  }
  const [real, realRoot] = [realpathSync(file), realpathSync(root)];
  return real === realRoot || real.startsWith(realRoot + sep)
    ? real
    : undefined;
}

function hasExecuteBit(file: string): boolean {
  return (statSync(file).mode & EXECUTE_BITS) !== 0;
}

function modeOf(isExecutable: boolean): number {
  return isExecutable ? 0o755 : 0o644;
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await fs.readdir(directory, { withFileTypes: true });
  const files = await Promise.all(
    entries.map(entry => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    }),
  );
  return files.flat().sort();
}
