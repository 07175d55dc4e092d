import { createWriteStream, promises as fs } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, Header } from 'tar-stream';

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/**
 * Unpacks one layer over what lies in a folder. Names cannot lead out of it: `..` ends at its top, and no file is written
 * through a link that an earlier entry made.
 */
export async function unpackLayer(
  layer: Readable,
  root: string,
): Promise<void> {
  const archive = extract();
  const read = (async () => {
    for await (const entry of archive) {
      const path = join(root, posix.resolve('/', entry.header.name));
      if (path !== join(root, '/')) {
        await prepareParents(root, dirname(path));
        await unpackEntry(
          entry as unknown as Readable,
          entry.header,
          path,
          root,
        );
      }
      entry.resume();
    }
  })();
  await Promise.all([pipeline(layer, archive), read]);
}

async function unpackEntry(
  content: Readable,
  { name, type, linkname, mode }: Header,
  path: string,
  root: string,
): Promise<void> {
  const base = posix.basename(name);
  if (base === OPAQUE) {
    await fs.rm(dirname(path), { recursive: true, force: true });
    await fs.mkdir(dirname(path), { recursive: true });
    return;
  }
  if (base.startsWith(WHITEOUT)) {
    await fs.rm(join(dirname(path), base.slice(WHITEOUT.length)), {
      recursive: true,
      force: true,
    });
    return;
  }
  if (type === 'directory') {
    const found = await fs.lstat(path).catch(() => undefined);
    if (found && !found.isDirectory()) {
      await fs.rm(path);
    }
    await fs.mkdir(path, { recursive: true });
    return;
  }
  await fs.rm(path, { recursive: true, force: true });
  if (type === 'symlink') {
    await fs.symlink(linkname ?? '', path);
  } else if (type === 'link') {
    await fs.link(join(root, posix.resolve('/', linkname ?? '')), path);
  } else if (type === 'file' || type === 'contiguous-file') {
    // The owner must be able to remove it again.
    await pipeline(
      content,
      createWriteStream(path, { mode: (mode ?? 0o644) | 0o600 }),
    );
  }
}

/** Makes the folders above an entry; a link among them is replaced, for it might lead out. */
async function prepareParents(root: string, folder: string): Promise<void> {
  if (folder.length <= root.length) {
    return;
  }
  await prepareParents(root, dirname(folder));
  const found = await fs.lstat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) {
    await fs.rm(folder);
  }
  if (!found?.isDirectory()) {
    await fs.mkdir(folder);
  }
}
