import { constants, Stats } from 'node:fs';
import {
  chmod,
  FileHandle,
  lchown,
  link,
  lstat,
  lutimes,
  mkdir,
  open,
  readdir,
  readlink,
  rm,
  symlink,
} from 'node:fs/promises';

const {
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDONLY,
  O_WRONLY,
} = constants;

/**
 * A folder that is held by its descriptor, as `openat` has it: its files are reached through it, never by a path. A program that swaps a
 * folder for a link to another place while we walk through it, or an archive that holds such links, leads us nowhere.
 */
export class Folder {
  private constructor(private readonly handle: FileHandle) {}

  /** @param path - trusted as it is, but for its last part, which must be no link */
  static async open(path: string): Promise<Folder> {
    return new Folder(await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Of the folder itself. */
  async stat(): Promise<Stats> {
    return this.handle.stat();
  }

  /** Names of what is in it. Throws for one that is not UTF-8, which a tar archive could not be trusted to keep. */
  async list(): Promise<string[]> {
    const names = await readdir(this.self, { encoding: 'buffer' });
    return names.map(bytes => {
      const name = bytes.toString('utf8');
      if (!Buffer.from(name).equals(bytes)) {
        throw new Error(`A file's name is not UTF-8: ${JSON.stringify(name)}`);
      }
      return name;
    });
  }

  async openFolder(name: string): Promise<Folder> {
    return Folder.open(this.at(name));
  }

  /** Opens it for reading; neither a link nor a FIFO can hold us up. */
  async openFile(name: string): Promise<FileHandle> {
    return open(this.at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  }

  /** A new file for writing, in the place of any other. */
  async createFile(name: string): Promise<FileHandle> {
    await this.remove(name);
    const flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    return open(this.at(name), flags, 0o600);
  }

  /** Of what has the name, be it a link. */
  async statOf(name: string): Promise<Stats> {
    return lstat(this.at(name));
  }

  async readLink(name: string): Promise<string> {
    return readlink(this.at(name));
  }

  /** A new folder, unless there is one. */
  async makeFolder(name: string): Promise<void> {
    await mkdir(this.at(name), { mode: 0o700 }).catch(async error => {
      const isThere =
        error.code === 'EEXIST' && (await this.statOf(name)).isDirectory();
      if (!isThere) throw error;
    });
  }

  /** A symbolic link, in the place of any other file. */
  async makeLink(name: string, target: string): Promise<void> {
    await this.remove(name);
    await symlink(target, this.at(name));
  }

  /** A further name for a file in `folder`; a link itself is not followed. */
  async makeHardLink(
    name: string,
    folder: Folder,
    existing: string,
  ): Promise<void> {
    await this.remove(name);
    await link(folder.at(existing), this.at(name));
  }

  /** Throws EPERM where whoever we are may not give files away. */
  async setOwner(name: string, uid: number, gid: number): Promise<void> {
    await lchown(this.at(name), uid, gid);
  }

  /** Not for links: it would follow them. */
  async setMode(name: string, mode: number): Promise<void> {
    await chmod(this.at(name), mode);
  }

  async setTime(name: string, seconds: number): Promise<void> {
    await lutimes(this.at(name), seconds, seconds);
  }

  private async remove(name: string): Promise<void> {
    await rm(this.at(name), { force: true });
  }

  private get self(): string {
    return `/proc/self/fd/${this.handle.fd}`;
  }

  /** `.` is the folder itself. */
  private at(name: string): string {
    if (name === '..' || name === '' || /[/\0]/.test(name)) {
      throw new Error(`Not the name of a file: ${JSON.stringify(name)}`);
    }
    return `${this.self}/${name}`;
  }
}
