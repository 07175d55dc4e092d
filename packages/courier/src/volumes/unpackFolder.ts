import { isUnsafePath, streamTar } from '@cubemig/checkpoint';
import type { StreamedEntry, TarEntry } from '@cubemig/checkpoint';
import { ByteReader } from '@cubemig/bytes';
import { Readable } from 'node:stream';
import { Folder } from './Folder';
import { volumeLimits } from './volumeLimits';

/** A folder's time is set when all is in it: each file in it would change it. */
interface Finish {
  path: string;
  entry: TarEntry;
}

class FolderUnpacker {
  bytes = 0;
  private readonly folders: Finish[] = [];

  constructor(
    private readonly root: Folder,
    private readonly maxBytes: number,
  ) {}

  async add({ entry, content }: StreamedEntry): Promise<void> {
    const path = entry.name.replace(/^\.$/, '');
    if (isUnsafePath(path)) {
      throw new Error(`it holds the unsafe path ${JSON.stringify(path)}`);
    }
    if (entry.type === 'directory') this.folders.push({ path, entry });
    // The volume's own folder is there.
    if (path === '') return;
    await this.within(path, async (parent, name) => {
      switch (entry.type) {
        case 'directory':
          return parent.makeFolder(name);
        case 'file':
          await this.writeFile(parent, name, content);
          return setAttributes(parent, name, entry);
        case 'symlink':
          await parent.makeLink(name, entry.link);
          return setAttributes(parent, name, entry);
        case 'hardlink':
          return this.within(
            entry.link.replace(/^(?:\.\/)+/, ''),
            (folder, existing) => parent.makeHardLink(name, folder, existing),
          );
        default:
          // A FIFO or a device: Node cannot make the one, and nobody should make the other.
          return undefined;
      }
    });
  }

  /** Owners, modes and times of folders, the innermost first. */
  async finish(): Promise<void> {
    for (const { path, entry } of this.folders.reverse()) {
      if (path === '') {
        await setAttributes(this.root, '.', entry);
      } else {
        await this.within(path, (parent, name) =>
          setAttributes(parent, name, entry),
        );
      }
    }
  }

  private async writeFile(
    parent: Folder,
    name: string,
    content: AsyncIterable<Buffer>,
  ): Promise<void> {
    const file = await parent.createFile(name);
    try {
      for await (const piece of content) {
        this.bytes += piece.length;
        if (this.bytes > this.maxBytes) {
          throw new Error(`it holds more than ${this.maxBytes} bytes`);
        }
        await file.writeFile(piece);
      }
    } finally {
      await file.close();
    }
  }

  /** Walks to where a path's last part is, through folders only. */
  private async within<T>(
    path: string,
    work: (parent: Folder, name: string) => Promise<T>,
  ): Promise<T> {
    const parts = path.split('/').filter(part => part !== '' && part !== '.');
    const name = parts.pop();
    if (
      name === undefined ||
      parts.length > volumeLimits.depth ||
      isUnsafePath(path)
    ) {
      throw new Error(`it holds the unsafe path ${JSON.stringify(path)}`);
    }
    const opened: Folder[] = [];
    try {
      let parent = this.root;
      for (const part of parts) {
        parent = await parent.openFolder(part);
        opened.push(parent);
      }
      return await work(parent, name);
    } finally {
      await Promise.all(opened.map(folder => folder.close()));
    }
  }
}

/**
 * Unpacks a tar archive into a folder; what an earlier attempt has left there is replaced. The archive is hostile: nothing is written outside the
 * folder, no link is followed, no device is made, no file gets the rights of its owner when it is run.
 *
 * @returns the bytes of all files
 */
export async function unpackFolder(
  content: Readable,
  root: Folder,
  maxBytes: number,
): Promise<number> {
  const source = new ByteReader(content);
  const unpacker = new FolderUnpacker(root, maxBytes);
  try {
    for await (const streamed of streamTar('volume', source, volumeLimits)) {
      await unpacker.add(streamed);
    }
    await unpacker.finish();
    return unpacker.bytes;
  } finally {
    await source.close();
  }
}

/** As far as whoever we are may: an init container that is not root keeps no owners. */
async function setAttributes(
  parent: Folder,
  name: string,
  { type, uid, gid, mode, modified }: TarEntry,
): Promise<void> {
  await parent.setOwner(name, uid, gid).catch(ignoreRefusal);
  if (type !== 'symlink') {
    // Folders pass their group on by it; a file that ran with another's rights could have been made for that.
    const kept = type === 'directory' ? 0o3777 : 0o1777;
    // eslint-disable-next-line no-bitwise
    await parent.setMode(name, mode & kept).catch(ignoreRefusal);
  }
  await parent.setTime(name, modified).catch(ignoreRefusal);
}

function ignoreRefusal(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPERM') throw error;
}
