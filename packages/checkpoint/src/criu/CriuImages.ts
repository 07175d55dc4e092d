import { Archive, ArchiveError } from '../archive';
import { Warnings } from '../report/Warnings';
import { readFrames } from './frames';
import { toText } from './text';
import {
  Core,
  Fdinfo,
  File,
  Fs,
  ImageKind,
  imageKinds,
  MemfdInode,
  Mm,
  PagemapEntry,
  PagemapHead,
  PstreeEntry,
  RemapFilePath,
  Stats,
  TaskIds,
  TcpStream,
  toNumber,
} from './imageKinds';

const DIRECTORY = 'checkpoint';

/** A process's memory map, as CRIU wrote it. */
export interface Pagemap {
  pagesId: number;
  entries: PagemapEntry[];
}

/**
 * CRIU's images of a checkpoint, each read when it is asked for. An image that is missing or damaged gives what can be
 * read of it, and a warning.
 */
export class CriuImages {
  private cachedFiles?: Map<number, File>;
  private cachedMemfds?: MemfdInode[];
  private readonly cachedPaths = new Map<number, string | undefined>();

  constructor(
    private readonly archive: Archive,
    private readonly warnings: Warnings,
  ) {}

  pstree(): PstreeEntry[] {
    const { processes } = this.archive.limits;
    return this.readAll('pstree.img', imageKinds.pstree, processes);
  }

  core(pid: number): Core | undefined {
    return this.readFirst(`core-${pid}.img`, imageKinds.core);
  }

  ids(pid: number): TaskIds | undefined {
    const name = `ids-${pid}.img`;
    // Threads, and old checkpoints, keep them in the core image.
    return this.has(name)
      ? this.readFirst(name, imageKinds.ids)
      : this.core(pid)?.ids ?? undefined;
  }

  mm(pid: number): Mm | undefined {
    return this.readFirst(`mm-${pid}.img`, imageKinds.mm);
  }

  fs(pid: number): Fs | undefined {
    return this.readFirst(`fs-${pid}.img`, imageKinds.fs);
  }

  fdinfo(filesId: number): Fdinfo[] {
    return this.readAll(`fdinfo-${filesId}.img`, imageKinds.fdinfo);
  }

  pagemap(pid: number): Pagemap | undefined {
    const [head, ...entries] = this.readAll<PagemapHead | PagemapEntry>(
      `pagemap-${pid}.img`,
      {
        magic: imageKinds.pagemap.magic,
        decode: (frame, index) =>
          index === 0
            ? imageKinds.pagemapHead.decode(frame, index)
            : imageKinds.pagemap.decode(frame, index),
      },
    );
    return (
      head && {
        pagesId: (head as PagemapHead).pagesId,
        entries: entries as PagemapEntry[],
      }
    );
  }

  /** The archive's file that holds a process's memory. */
  pagesFile(pagesId: number): string {
    return `${DIRECTORY}/pages-${pagesId}.img`;
  }

  stats(): Stats | undefined {
    return this.archive.has('stats-dump')
      ? this.read('stats-dump', imageKinds.stats, 1)[0]
      : undefined;
  }

  tcpStream(inode: number): TcpStream | undefined {
    const name = `tcp-stream-${inode.toString(16)}.img`;
    // After the message come the queues' bytes, which are no messages.
    return this.has(name)
      ? this.readFirst(name, imageKinds.tcpStream)
      : undefined;
  }

  private memfds(): MemfdInode[] {
    this.cachedMemfds ??= this.has('memfd.img')
      ? this.readAll('memfd.img', imageKinds.memfd)
      : [];
    return this.cachedMemfds;
  }

  remaps(): RemapFilePath[] {
    return this.has('remap-fpath.img')
      ? this.readAll('remap-fpath.img', imageKinds.remaps)
      : [];
  }

  /** Open files by their id; before CRIU 3 they lay in one image a type. */
  files(): Map<number, File> {
    this.cachedFiles ??= this.readFiles();
    return this.cachedFiles;
  }

  /** The path of an open file; `memfd:NAME` for one that only exists in memory. */
  pathOf(fileId: number): string | undefined {
    if (!this.cachedPaths.has(fileId)) {
      this.cachedPaths.set(fileId, this.readPath(fileId));
    }
    return this.cachedPaths.get(fileId);
  }

  private readPath(fileId: number): string | undefined {
    const file = this.files().get(fileId);
    if (file?.memfd) {
      const { inodeId } = file.memfd;
      const inode = this.memfds().find(m => toNumber(m.inodeId) === inodeId);
      return `memfd:${toText(inode?.name)}`;
    }
    return file?.reg ? toText(file.reg.name) : undefined;
  }

  private readFiles(): Map<number, File> {
    const files = new Map<number, File>();
    const add = (file: Partial<File> & { id: number }) => {
      if (!files.has(file.id)) {
        files.set(file.id, file as File);
      }
    };
    if (this.has('files.img')) {
      this.readAll('files.img', imageKinds.files).forEach(add);
    }
    this.readOld('reg-files.img', imageKinds.regFiles, (id, reg) =>
      add({ id, reg }),
    );
    this.readOld('pipes.img', imageKinds.pipes, (id, pipe) =>
      add({ id, pipe }),
    );
    this.readOld('inetsk.img', imageKinds.inetSockets, (id, isk) =>
      add({ id, isk }),
    );
    this.readOld('unixsk.img', imageKinds.unixSockets, (id, usk) =>
      add({ id, usk }),
    );
    return files;
  }

  private readOld<T extends { id: number }>(
    name: string,
    kind: ImageKind<T>,
    add: (id: number, message: T) => void,
  ): void {
    if (this.has(name)) {
      this.readAll(name, kind).forEach(message => add(message.id, message));
    }
  }

  private has(name: string): boolean {
    return this.archive.has(`${DIRECTORY}/${name}`);
  }

  private readFirst<T>(name: string, kind: ImageKind<T>): T | undefined {
    return this.read(`${DIRECTORY}/${name}`, kind, 1)[0];
  }

  private readAll<T>(name: string, kind: ImageKind<T>, max = Infinity): T[] {
    return this.read(`${DIRECTORY}/${name}`, kind, max, true);
  }

  private read<T>(
    path: string,
    kind: ImageKind<T>,
    max: number,
    warnsOfMore = false,
  ): T[] {
    const file = `${this.archive.name}: ${path}`;
    const messages: T[] = [];
    try {
      const image = this.archive.read(path, this.archive.limits.imageBytes);
      for (const frame of readFrames(file, image, kind.magic)) {
        if (messages.length >= max) {
          if (warnsOfMore) {
            this.warnings.add(`${file}: only the first ${max} were read`);
          }
          break;
        }
        messages.push(kind.decode(frame, messages.length));
      }
    } catch (error) {
      // protobufjs reports a message that does not fit its description as a plain Error or RangeError.
      this.warnings.add(
        error instanceof ArchiveError
          ? error.message
          : `${file}: message ${messages.length + 1} cannot be decoded: ${
              (error as Error).message
            }`,
      );
    }
    return messages;
  }
}
