import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { Page, PAGE_SIZE, ProcessSnapshot } from './DumpSnapshot';
import { parseFiles } from './fileImages';
import { decodeImage } from './imageCodec';
import { ImageType, imageTypes } from './imageTypes';
import { parseMemoryEntry } from './memoryImages';

/** The most that one process's pages may take in a restore: 4 GiB. */
const MAX_PAGES = 1 << 20;

/** Reads the processes of a dump from the folder `checkpoint` of an unpacked archive: the inverse of `writeDump`. */
export async function readDump(directory: string): Promise<ProcessSnapshot[]> {
  const read = async (name: string, type: ImageType) =>
    decodeImage(type, await fs.readFile(join(directory, `${name}.img`)));

  await read('inventory', imageTypes.inventory);
  const files = parseFiles(await read('files', imageTypes.files));
  const pathOf = (id: number) => {
    const file = files.get(id);
    if (file?.kind !== 'regular') {
      throw new Error(`No file with id ${id} in files.img`);
    }
    return file;
  };

  const processes: ProcessSnapshot[] = [];
  for (const { pid, ppid, pgid, sid } of await read(
    'pstree',
    imageTypes.pstree,
  )) {
    const [core] = await read(`core-${pid}`, imageTypes.core);
    const [ids] = await read(`ids-${pid}`, imageTypes.ids);
    const [fsEntry] = await read(`fs-${pid}`, imageTypes.fs);
    const [mm] = await read(`mm-${pid}`, imageTypes.mm);
    const { marks, areas, exeFileId } = parseMemoryEntry(mm);
    const executable = pathOf(exeFileId);
    const descriptors = (
      await read(`fdinfo-${ids.files_id}`, imageTypes.fdinfo)
    ).flatMap(({ fd, id }) => {
      const file = files.get(id);
      return file ? [[fd, file] as const] : [];
    });
    processes.push({
      pid,
      parentPid: ppid,
      groupId: pgid,
      sessionId: sid,
      command: core.tc.comm,
      executable: { path: executable.path, size: executable.size ?? 0 },
      workingDirectory: pathOf(fsEntry.cwd_id).path,
      umask: fsEntry.umask,
      uid: core.thread_core.creds.uid,
      gid: core.thread_core.creds.gid,
      marks,
      areas,
      pages: await readPages(
        directory,
        await read(`pagemap-${pid}`, imageTypes.pagemap),
      ),
      descriptors: new Map(descriptors),
    });
  }
  return processes;
}

async function readPages(
  directory: string,
  [head, ...runs]: any[],
): Promise<Page[]> {
  const file = await fs.open(
    join(directory, `pages-${head.pages_id}.img`),
    'r',
  );
  try {
    const pages: Page[] = [];
    for (const run of runs) {
      const count: number = run.nr_pages || run.compat_nr_pages;
      if (pages.length + count > MAX_PAGES) {
        throw new Error('The dump has more pages than can be restored');
      }
      const bytes = Buffer.alloc(count * PAGE_SIZE);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, null);
      if (bytesRead !== bytes.length) {
        throw new Error(`pages-${head.pages_id}.img is truncated`);
      }
      for (let index = 0; index < count; index += 1) {
        const offset = index * PAGE_SIZE;
        pages.push([
          run.vaddr + offset,
          bytes.subarray(offset, offset + PAGE_SIZE),
        ]);
      }
    }
    return pages;
  } finally {
    await file.close();
  }
}
