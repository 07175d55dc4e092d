import {
  createReadStream,
  existsSync,
  mkdirSync,
  promises as fs,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';

const MAX_EXECUTABLE_BYTES = 1024 * 1024;

/** An executable file in a container. */
export interface Executable {
  path: string;
  content: Buffer;
}

/** A container's root file system: the image's files, never written to, and above them what the container wrote. */
export class ContainerFiles {
  constructor(
    private readonly imageRootfs: string,
    private readonly changes: string,
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

  write(path: string, content: string | Buffer): void {
    const file = join(this.changes, posix.resolve('/', path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
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
        { name: relative(this.changes, file), mode: 0o644 },
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
          this.write(entry.header.name, await buffer(entry));
        } else {
          entry.resume();
        }
      }
    })();
    await Promise.all([pipeline(createReadStream(path), archive), read]);
  }

  #find(path: string): string | undefined {
    return findBelow(this.changes, path) ?? findBelow(this.imageRootfs, path);
  }
}

/** Where a file of a root file system lies on this machine; undefined if there is none or a link leads out of it. */
export function findBelow(root: string, path: string): string | undefined {
  const file = join(root, posix.resolve('/', path));
  if (!existsSync(file)) {
    return undefined;
  }
  const real = realpathSync(file);
  return real.startsWith(realpathSync(root) + sep) ? real : undefined;
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
