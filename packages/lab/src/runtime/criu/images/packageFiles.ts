import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { FileContent } from '../../../images/buildImage';

const execute = promisify(execFile);

/** What a program does not need to run. */
const LEFT_OUT = /^usr\/(share\/(doc|man|locale|lintian|bug)|lib\/systemd)\//;
const ELF = Buffer.from('\x7fELF', 'latin1');

/** Files of a root, collected with the links on their way. */
class DebianFiles {
  readonly content: Record<string, FileContent> = {};
  /** Paths of programs and libraries. */
  readonly programs: string[] = [];

  constructor(private readonly root: string) {}

  /** `path` has no leading slash. */
  async add(path: string): Promise<void> {
    const folder = await this.#resolveFolder(posix.dirname(path));
    const real = posix.join(folder, posix.basename(path));
    if (real in this.content) {
      return;
    }
    const file = join(this.root, real);
    const stats = await fs.lstat(file).catch(() => undefined);
    if (stats?.isSymbolicLink()) {
      const linkTo = await fs.readlink(file);
      this.content[real] = { linkTo };
      await this.add(posix.resolve('/', folder, linkTo).slice(1));
    } else if (stats?.isFile()) {
      const bytes = await fs.readFile(file);
      this.content[real] = bytes;
      if (bytes.subarray(0, ELF.length).equals(ELF)) {
        this.programs.push(real);
      }
    }
  }

  /** Follows the links among a path's folders and adds them. */
  async #resolveFolder(folder: string): Promise<string> {
    if (folder === '.') {
      return folder;
    }
    const parent = await this.#resolveFolder(posix.dirname(folder));
    const path = posix.join(parent, posix.basename(folder));
    const linkTo = await fs
      .readlink(join(this.root, path))
      .catch(() => undefined);
    if (linkTo === undefined) {
      return path;
    }
    this.content[path] = { linkTo };
    const target = posix.resolve('/', dirname(path), linkTo).slice(1);
    return this.#resolveFolder(target);
  }
}

/**
 * Takes Debian packages out of a root as the files of an image: what they installed, and the libraries that their programs load.
 * Folders that the root has as links (`lib` to `usr/lib`) are links in the image too.
 */
export async function readPackages(
  root: string,
  packages: string[],
): Promise<Record<string, FileContent>> {
  const files = new DebianFiles(root);
  for (const path of await listInstalled(root, packages)) {
    await files.add(path);
  }
  for (const path of await listLibraries(root, files.programs)) {
    await files.add(path);
  }
  return files.content;
}

/** From dpkg's own lists. Names may end in `*`. */
async function listInstalled(
  root: string,
  packages: string[],
): Promise<string[]> {
  const folder = join(root, 'var/lib/dpkg/info');
  const paths: string[] = [];
  for (const list of (await fs.readdir(folder)).sort()) {
    const [name] = list.replace(/\.list$/, '').split(':');
    const isWanted = packages.some(each =>
      each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each,
    );
    if (list.endsWith('.list') && isWanted) {
      const content = await fs.readFile(join(folder, list), 'utf8');
      paths.push(...content.split('\n').map(path => path.slice(1)));
    }
  }
  return paths.filter(path => path && !LEFT_OUT.test(path));
}

/** What the dynamic linker of the root would load for these programs. */
async function listLibraries(
  root: string,
  programs: string[],
): Promise<string[]> {
  // ldd fails where one of the files is linked statically, but tells the libraries of all others.
  const { stdout } = await execute(
    'chroot',
    [root, 'ldd', ...programs.map(path => `/${path}`)],
    { maxBuffer: 16 * 1024 * 1024 },
  ).catch(error => error as { stdout: string });
  const paths = [...stdout.matchAll(/(?:=> )?\/(\S+) \(0x/g)];
  return [...new Set(paths.map(([, path]) => path))];
}
