import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { uptime } from 'node:os';
import { coreEntry } from './coreImage';
import {
  cgroupEntry,
  idsEntry,
  inventoryEntry,
  mountEntries,
  namespaceEntries,
} from './containerImages';
import { DumpSnapshot, Page } from './DumpSnapshot';
import { descriptorEntries, FileTable, tcpStreamEntry } from './fileImages';
import { encodeImage } from './imageCodec';
import { ImageType, imageTypes } from './imageTypes';
import { memoryEntry, pagemapEntries } from './memoryImages';

/** Numbers CRIU gives the first process's open files; 1 is CRIU itself. */
const FIRST_FILES_ID = 2;
/** How many pages are written at once: 1 MiB. */
const PAGES_PER_WRITE = 256;
const OOM_SCORE_BEST_EFFORT = 1000;

/**
 * Writes the images of a dump into a folder, as CRIU 4.2 would: the folder `checkpoint` of an archive but for `descriptors.json`,
 * which is the OCI runtime's. The processes must stand still meanwhile.
 */
export async function writeDump(
  directory: string,
  snapshot: DumpSnapshot,
): Promise<void> {
  const write = (name: string, type: ImageType, entries: object[]) =>
    fs.writeFile(join(directory, `${name}.img`), encodeImage(type, entries));

  const table = new FileTable();
  for (const [index, process] of snapshot.processes.entries()) {
    const { pid, executable } = process;
    const filesId = FIRST_FILES_ID + index;
    const pagesId = index + 1;
    const exeId = table.addPath(executable.path, 0o100755, executable.size);
    await write(
      `fdinfo-${filesId}`,
      imageTypes.fdinfo,
      descriptorEntries(process, table),
    );
    const cwdId = table.addPath(process.workingDirectory, 0o40555);
    const rootId = table.addPath('/', 0o40555);
    await write(`fs-${pid}`, imageTypes.fs, [
      { cwd_id: cwdId, root_id: rootId, umask: process.umask },
    ]);
    await write(`ids-${pid}`, imageTypes.ids, [idsEntry(filesId)]);
    await write(`core-${pid}`, imageTypes.core, [
      coreEntry(process, OOM_SCORE_BEST_EFFORT),
    ]);
    await write(`mm-${pid}`, imageTypes.mm, [memoryEntry(process, exeId)]);
    await write(
      `pagemap-${pid}`,
      imageTypes.pagemap,
      pagemapEntries(pagesId, process.pages, process.areas),
    );
    await writePages(join(directory, `pages-${pagesId}.img`), process.pages);
  }
  await write('files', imageTypes.files, table.entries);
  for (const inode of table.connections) {
    // CRIU names the stream by the socket's inode in hex.
    await write(`tcp-stream-${inode.toString(16)}`, imageTypes.tcpStream, [
      tcpStreamEntry(),
    ]);
  }

  await write('inventory', imageTypes.inventory, [inventoryEntry()]);
  await write(
    'pstree',
    imageTypes.pstree,
    snapshot.processes.map(({ pid, parentPid, groupId, sessionId }) => ({
      pid,
      ppid: parentPid,
      pgid: groupId,
      sid: sessionId,
      threads: [pid],
    })),
  );
  await write('cgroup', imageTypes.cgroup, [cgroupEntry(snapshot.cgroupPath)]);
  await write(
    'mountpoints-13',
    imageTypes.mountpoints,
    mountEntries(snapshot.mounts),
  );
  const namespaces = namespaceEntries(snapshot, uptime());
  await write('netns-10', imageTypes.netns, [namespaces.netns]);
  await write('utsns-12', imageTypes.utsns, [namespaces.utsns]);
  await write('ipcns-var-11', imageTypes.ipcnsVar, [namespaces.ipcnsVar]);
  await write('timens-0', imageTypes.timens, [namespaces.timens]);
  await write('seccomp', imageTypes.seccomp, [{}]);
  for (const [device, archive] of snapshot.tmpfs) {
    await fs.writeFile(
      join(directory, `tmpfs-dev-${device}.tar.gz.img`),
      archive,
    );
  }
}

async function writePages(path: string, pages: Page[]): Promise<void> {
  const file = await fs.open(path, 'w');
  try {
    for (let index = 0; index < pages.length; index += PAGES_PER_WRITE) {
      await file.writev(
        pages.slice(index, index + PAGES_PER_WRITE).map(([, bytes]) => bytes),
      );
    }
  } finally {
    await file.close();
  }
}
