import { Descriptor, Process, Report } from '@cubemig/plugin-cubemig-common';
import { CriuImages, File, toText } from '../criu';
import { groupBy } from '../grouping/groupBy';
import { hasState } from '../process';
import { Warnings } from '../report/Warnings';
import { toTypeName } from './fileTypes';

/** A descriptor with what CRIU knows of the file behind it. */
export interface ReadDescriptor extends Descriptor {
  file?: File;
}

/** All descriptors of all processes, in CRIU's order. */
export function readDescriptors(
  images: CriuImages,
  processes: readonly Process[],
  max: number,
  warnings: Warnings,
): ReadDescriptor[] {
  const ghosts = new Set(images.remaps().map(remap => remap.origId));
  const files = images.files();
  const descriptors: ReadDescriptor[] = [];
  for (const { pid } of processes.filter(hasState)) {
    const filesId = images.ids(pid)?.filesId;
    if (filesId === undefined) {
      continue;
    }
    for (const { id, type, fd } of images.fdinfo(filesId)) {
      if (descriptors.length >= max) {
        warnings.add(`only the first ${max} open files were read`);
        return descriptors;
      }
      const file = files.get(id);
      // A FIFO's name is that of the regular file that CRIU keeps for it.
      const named = file?.fifo ? files.get(file.fifo.regfId) : file;
      descriptors.push({
        pid,
        fd,
        type: toTypeName(type),
        target: toTarget(type, id, file),
        path: named && images.pathOf(named.id),
        deleted: ghosts.has(named?.id ?? id),
        access: toAccess(file?.pipe?.flags ?? named?.reg?.flags),
        file,
      });
    }
  }
  return descriptors;
}

/** The descriptors as checkpointctl lists them, with each process's directories. */
export function listOpenFiles(
  descriptors: readonly ReadDescriptor[],
  processes: readonly Process[],
): NonNullable<Report['file_descriptors']> {
  const byPid = groupBy(descriptors, ({ pid }) => pid);
  return processes.filter(hasState).map(({ pid, cwd, root }) => ({
    pid,
    open_files: [
      ...(byPid.get(pid) ?? []).map(({ type, fd, target, file }) => ({
        type,
        fd: `${type} ${fd}`,
        path: toListedPath(type, target, file),
      })),
      { type: '', fd: 'cwd', path: cwd ?? 'unknown' },
      { type: '', fd: 'root', path: root ?? 'unknown' },
    ],
  }));
}

/** O_RDONLY, O_WRONLY, O_RDWR: the two lowest bits of the flags given to open(2). */
function toAccess(flags: number | undefined): Descriptor['access'] {
  return flags === undefined
    ? undefined
    : (['read', 'write', 'both'] as const)[flags % 4];
}

function toTarget(type: number, id: number, file: File | undefined): string {
  const pipe = file?.pipe ?? file?.fifo;
  if (pipe) {
    return `pipe:${pipe.pipeId}`;
  }
  const socket = file?.isk ?? file?.usk ?? file?.nlsk;
  return socket ? `socket:${socket.ino}` : `${toTypeName(type)}.${id}`;
}

function toListedPath(
  type: string,
  target: string,
  file: File | undefined,
): string {
  switch (type) {
    case 'REG':
      return file?.reg ? toText(file.reg.name) : 'unknown';
    case 'PIPE':
      return file?.pipe ? `pipe[${file.pipe.pipeId}]` : 'pipe[?]';
    case 'UNIXSK':
      return file?.usk
        ? `unix[${file.usk.ino} (${file.usk.peer}) ${toText(file.usk.name)}]`
        : 'unix[?]';
    default:
      return target.startsWith(`${type}.`) ? target : `${type}.${file?.id}`;
  }
}
