import { Stats } from 'node:fs';
import { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Header, pack, Pack } from 'tar-stream';
import { Folder } from './Folder';
import { volumeLimits } from './volumeLimits';

const PIECE_BYTES = 256 * 1024;
/** What fits into a tar header's own fields (seven octal digits); what does not goes into a pax record. */
const MAX_PLAIN_ID = 0o7777777;

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

class FolderPacker {
  private bytes = 0;
  private entries = 0;
  /** Names of files that have several, by their inode. */
  private readonly linked = new Map<string, string>();

  constructor(private readonly tar: Pack, private readonly maxBytes: number) {}

  async addFolder(folder: Folder, path: string, depth = 0): Promise<void> {
    if (depth > volumeLimits.depth) {
      throw new Error(`its folders lie more than ${depth - 1} deep`);
    }
    const stats = await folder.stat();
    await this.addHeader(path, stats, { type: 'directory' });
    for (const name of (await folder.list()).sort()) {
      await this.add(folder, name, `${path}/${name}`, depth).catch(error => {
        // It was there a moment ago: its program goes on meanwhile.
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  private async add(
    parent: Folder,
    name: string,
    path: string,
    depth: number,
  ): Promise<void> {
    this.entries += 1;
    if (
      this.entries > volumeLimits.entries ||
      Buffer.byteLength(path) > volumeLimits.nameBytes
    ) {
      throw new Error('it holds more files, or a longer path, than may be');
    }
    const stats = await parent.statOf(name);
    if (stats.isDirectory()) {
      const folder = await parent.openFolder(name);
      try {
        await this.addFolder(folder, path, depth + 1);
      } finally {
        await folder.close();
      }
    } else if (stats.isSymbolicLink()) {
      const linkname = await parent.readLink(name);
      await this.addHeader(path, stats, { type: 'symlink', linkname });
    } else if (stats.isFile()) {
      const file = await parent.openFile(name);
      try {
        await this.addFile(file, path);
      } finally {
        await file.close();
      }
    }
  }

  private async addFile(file: FileHandle, path: string): Promise<void> {
    const stats = await file.stat();
    if (!stats.isFile()) return;
    const inode = `${stats.dev}:${stats.ino}`;
    const linkname = this.linked.get(inode);
    if (linkname !== undefined) {
      await this.addHeader(path, stats, { type: 'link', linkname });
      return;
    }
    if (stats.nlink > 1) this.linked.set(inode, path);
    this.bytes += stats.size;
    if (this.bytes > this.maxBytes) {
      throw new Error(`it holds more than ${this.maxBytes} bytes`);
    }
    const entry = this.tar.entry(
      headersOf(path, stats, { type: 'file', size: stats.size }),
    );
    await pipeline(Readable.from(readExactly(file, stats.size)), entry);
  }

  private async addHeader(
    path: string,
    stats: Stats,
    own: Partial<Header>,
  ): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.tar.entry(headersOf(path, stats, own), error =>
        error ? reject(error) : resolve(),
      );
    });
  }
}

/** A folder as a tar archive: files, folders and links with owners, modes and times. Sockets, FIFOs and devices are left out. */
export function packFolder(folder: Folder, maxBytes: number): Readable {
  const tar = pack();
  const packer = new FolderPacker(tar, maxBytes);
  packer.addFolder(folder, '.').then(
    () => tar.finalize(),
    error => tar.destroy(error),
  );
  // A stream of Node's own: tar-stream's is of another kind. Of pieces: it would copy bytes together.
  return Readable.from(tar);
}

function headersOf(
  name: string,
  { mode, uid, gid, mtime }: Stats,
  own: Partial<Header>,
): EntryHeader {
  const pax = {
    ...(uid > MAX_PLAIN_ID && { uid: String(uid) }),
    ...(gid > MAX_PLAIN_ID && { gid: String(gid) }),
  };
  return {
    name,
    mode: mode % 0o10000,
    uid: uid > MAX_PLAIN_ID ? 0 : uid,
    gid: gid > MAX_PLAIN_ID ? 0 : gid,
    mtime,
    ...(Object.keys(pax).length > 0 && { pax }),
    ...own,
  };
}

/** As many bytes as were announced: a file that has shrunk since is filled with zeroes, one that has grown is cut. */
async function* readExactly(
  file: FileHandle,
  size: number,
): AsyncGenerator<Buffer> {
  for (let position = 0; position < size; ) {
    const wanted = Math.min(PIECE_BYTES, size - position);
    const piece = Buffer.alloc(wanted);
    const { bytesRead } = await file.read(piece, 0, wanted, position);
    position += bytesRead || wanted;
    yield piece.subarray(0, bytesRead || wanted);
  }
}
