import { createReadStream, createWriteStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Header, Pack, pack } from 'tar-stream';
import {
  bindMounts,
  configDump,
  ContainerDescription,
  specDump,
} from './describeContainer';

export interface ArchiveParts {
  container: ContainerDescription;
  checkpointedAt: Date;
  /** What CRIU left: `stats-dump` and `dump.log`. */
  statsDump: Buffer;
  dumpLog: string;
  /** The folder that becomes `checkpoint/`. */
  imagesDirectory: string;
  /** A plain tar of what the container changed in its root file system, or where such a file lies. */
  rootfsDiff?: Buffer | { path: string };
  /** What it removed there. */
  deletedFiles: string[];
  /** The log so far. */
  log: Buffer;
}

/** Writes an archive with CRI-O's names in CRI-O's order (internal/lib/checkpoint.go); it is there whole or not at all. */
export async function packArchive(
  path: string,
  parts: ArchiveParts,
): Promise<void> {
  const archive = pack();
  const partial = `${path}.partial`;
  const written = pipeline(
    archive,
    createWriteStream(partial, { mode: 0o600 }),
  );
  try {
    await Promise.all([written, addEntries(archive, parts)]);
    await fs.rename(partial, path);
  } catch (error) {
    archive.destroy();
    await fs.rm(partial, { force: true });
    throw error;
  }
}

async function addEntries(archive: Pack, parts: ArchiveParts): Promise<void> {
  const mtime = parts.checkpointedAt;
  const add = (name: string, mode: number, content: Buffer | string) =>
    new Promise<void>((resolve, reject) => {
      archive.entry({ name, mode, mtime }, content, error =>
        error ? reject(error) : resolve(),
      );
    });
  const json = (value: unknown) => JSON.stringify(value, undefined, 2);

  await add('stats-dump', 0o644, parts.statsDump);
  await add('dump.log', 0o600, parts.dumpLog);
  archive.entry({ name: 'checkpoint/', type: 'directory', mode: 0o700, mtime });
  for (const name of (await fs.readdir(parts.imagesDirectory)).sort()) {
    await addFile(archive, join(parts.imagesDirectory, name), {
      name: `checkpoint/${name}`,
      mode: name === 'descriptors.json' ? 0o700 : 0o644,
      mtime,
    });
  }
  await add('config.dump', 0o600, json(configDump(parts.container, mtime)));
  await add('spec.dump', 0o600, JSON.stringify(specDump(parts.container)));
  await add('bind.mounts', 0o600, json(bindMounts(parts.container)));
  const { rootfsDiff } = parts;
  if (Buffer.isBuffer(rootfsDiff)) {
    await add('rootfs-diff.tar', 0o644, rootfsDiff);
  } else if (rootfsDiff) {
    const header = { name: 'rootfs-diff.tar', mode: 0o644, mtime };
    await addFile(archive, rootfsDiff.path, header);
  }
  if (parts.deletedFiles.length > 0) {
    await add('deleted.files', 0o600, json(parts.deletedFiles));
  }
  await add('io.kubernetes.cri-o.LogPath', 0o644, parts.log);
  archive.finalize();
}

async function addFile(
  archive: Pack,
  path: string,
  header: Pick<Header, 'name' | 'mode' | 'mtime'>,
) {
  const { size } = await fs.stat(path);
  await new Promise<void>((resolve, reject) => {
    const entry = archive.entry({ ...header, size }, error =>
      error ? reject(error) : resolve(),
    );
    createReadStream(path).on('error', reject).pipe(entry);
  });
}
