export const PAGE_SIZE = 4096;

/** A piece of a process's address space. Addresses are bytes, on page borders; `end` is the first byte behind it. */
export interface MemoryArea {
  start: number;
  end: number;
  /** PROT_READ 1, PROT_WRITE 2, PROT_EXEC 4. */
  protection: number;
  kind: 'file' | 'anonymous' | 'heap' | 'stack' | 'vdso' | 'vvar';
  /** Offset into the program's file; only of areas that map it. */
  fileOffset?: number;
}

/** Where the parts of a process lie in its memory. */
export interface MemoryMarks {
  startCode: number;
  endCode: number;
  startData: number;
  endData: number;
  startStack: number;
  startBrk: number;
  brk: number;
  argStart: number;
  argEnd: number;
  envStart: number;
  envEnd: number;
}

/** One page's address and its 4096 bytes. */
export type Page = [address: number, bytes: Buffer];

/** An open file. Descriptors that share it (inherited or duplicated) hold the same object. */
export type OpenFile =
  | {
      kind: 'regular';
      path: string;
      /** open(2) flags. */
      flags: number;
      position: number;
      /** st_mode. */
      mode: number;
      size?: number;
    }
  | { kind: 'pipe'; pipeId: number; flags: number }
  | {
      kind: 'inet';
      inode: number;
      state: 'listen' | 'established';
      /** Dotted IPv4 addresses. */
      sourceAddress: string;
      sourcePort: number;
      destinationAddress: string;
      destinationPort: number;
      backlog: number;
    };

export interface ProcessSnapshot {
  pid: number;
  /** 0 for the first process of the container. */
  parentPid: number;
  groupId: number;
  sessionId: number;
  /** The kernel's name of it, 15 characters at most. */
  command: string;
  executable: { path: string; size: number };
  workingDirectory: string;
  umask: number;
  uid: number;
  gid: number;
  marks: MemoryMarks;
  areas: MemoryArea[];
  /** The pages that exist, by rising address. */
  pages: Page[];
  /** Descriptor number -> open file. */
  descriptors: Map<number, OpenFile>;
}

/** A mount of the container, as `mountpoints-N.img` lists it. */
export interface MountSnapshot {
  mountpoint: string;
  root: string;
  source: string;
  options: string;
  type:
    | 'proc'
    | 'sysfs'
    | 'tmpfs'
    | 'devpts'
    | 'cgroup'
    | 'mqueue'
    | 'overlay'
    | 'bind';
}

/** All that is written into the `checkpoint` folder of an archive. */
export interface DumpSnapshot {
  processes: ProcessSnapshot[];
  hostname: string;
  mounts: MountSnapshot[];
  cgroupPath: string;
  /** Files and folders of the container's /dev, a gzipped tar each, by device number. */
  tmpfs: Map<number, Buffer>;
}

/** What `stats-dump` tells. Times are microseconds. */
export interface DumpStatistics {
  freezingMicros: number;
  frozenMicros: number;
  memdumpMicros: number;
  memwriteMicros: number;
  pagesScanned: number;
  pagesWritten: number;
}
