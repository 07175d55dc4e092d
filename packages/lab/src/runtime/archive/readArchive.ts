import { createReadStream, createWriteStream, promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';

/** What has to be known of an archive before it is restored. */
export interface ArchiveHead {
  configDump: any;
  specDump: any;
}

/** The most that `config.dump` and `spec.dump` may take. */
const MAX_HEAD_BYTES = 8 * 1024 * 1024;

/** Reads `config.dump` and `spec.dump` of an archive. */
export async function readArchiveHead(path: string): Promise<ArchiveHead> {
  const found: Record<string, any> = {};
  const archive = extract();
  const read = (async () => {
    for await (const entry of archive) {
      const { name, size = 0 } = entry.header;
      if (name === 'config.dump' || name === 'spec.dump') {
        if (size > MAX_HEAD_BYTES) {
          throw new Error(`${name} is too large`);
        }
        found[name] = JSON.parse(await text(entry));
      } else {
        entry.resume();
      }
    }
  })();
  await Promise.all([pipeline(createReadStream(path), archive), read]);
  for (const name of ['config.dump', 'spec.dump']) {
    if (!found[name]) {
      throw new Error(`failed to read "${name}": no such file or directory`);
    }
  }
  return { configDump: found['config.dump'], specDump: found['spec.dump'] };
}

/** Unpacks an archive into a folder: the files at its top and those in `checkpoint/`. Whatever else it holds is left out. */
export async function unpackArchive(
  path: string,
  directory: string,
): Promise<void> {
  await fs.mkdir(join(directory, 'checkpoint'), { recursive: true });
  const archive = extract();
  const read = (async () => {
    for await (const entry of archive) {
      const { name, type } = entry.header;
      const folder = dirname(name);
      const isWanted =
        type === 'file' && (folder === '.' || folder === 'checkpoint');
      if (isWanted) {
        await pipeline(
          entry,
          createWriteStream(join(directory, folder, basename(name))),
        );
      } else {
        entry.resume();
      }
    }
  })();
  await Promise.all([pipeline(createReadStream(path), archive), read]);
}
