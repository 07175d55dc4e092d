import { messageType } from './messages';

/** What protobufjs gives for a 64-bit number: a Long where that library is at hand. */
type Integer64 = number | { toNumber(): number };

/**
 * Addresses and sizes as plain numbers. Exact up to 2^53, and beyond it for whole pages: more than the address space of
 * a process on any architecture that CRIU knows (x86-64: 2^47, or 2^56 if asked for; arm64: 2^52).
 */
export function toNumber(value: Integer64): number {
  return typeof value === 'number' ? value : value.toNumber();
}

export interface PstreeEntry {
  pid: number;
  ppid: number;
  pgid: number;
  sid: number;
  threads: number[];
}

export interface Core {
  /** The processor's architecture. */
  mtype: number;
  tc: { taskState: number; exitCode: number; comm: Uint8Array } | null;
  ids: TaskIds | null;
  threadCore: {
    creds: { euid: number; egid: number; capEff: number[] } | null;
  } | null;
}

export interface TaskIds {
  filesId: number;
}

export interface Vma {
  start: Integer64;
  end: Integer64;
  shmid: Integer64;
  flags: number;
  status: number;
}

export interface Mm {
  mmArgStart: Integer64;
  mmArgEnd: Integer64;
  mmEnvStart: Integer64;
  mmEnvEnd: Integer64;
  exeFileId: number;
  vmas: Vma[];
}

export interface PagemapHead {
  pagesId: number;
}

export interface PagemapEntry {
  vaddr: Integer64;
  compatNrPages: number;
  inParent: boolean;
  flags: number;
  nrPages: Integer64;
}

export interface Fs {
  cwdId: number;
  rootId: number;
}

export interface Fdinfo {
  id: number;
  type: number;
  fd: number;
}

interface SocketOptions {
  soSndbuf: number;
  soRcvbuf: number;
}

export interface InetSocket {
  id: number;
  ino: number;
  family: number;
  type: number;
  proto: number;
  state: number;
  srcPort: number;
  dstPort: number;
  srcAddr: number[];
  dstAddr: number[];
  opts: SocketOptions | null;
}

export interface UnixSocket {
  id: number;
  ino: number;
  type: number;
  state: number;
  peer: number;
  name: Uint8Array;
  opts: SocketOptions | null;
}

export interface PacketSocket {
  id: number;
  protocol: number;
  opts: SocketOptions | null;
}

export interface NetlinkSocket extends PacketSocket {
  ino: number;
  state: number;
}

export interface RegFile {
  id: number;
  /** As given to open(2). */
  flags: number;
  name: Uint8Array;
}

export interface Pipe {
  id: number;
  pipeId: number;
  flags: number;
}

export interface File {
  type: number;
  id: number;
  reg: RegFile | null;
  isk: InetSocket | null;
  usk: UnixSocket | null;
  psk: PacketSocket | null;
  nlsk: NetlinkSocket | null;
  fifo: { id: number; pipeId: number; regfId: number } | null;
  pipe: Pipe | null;
  memfd: { id: number; inodeId: number } | null;
}

export interface MemfdInode {
  name: Uint8Array;
  inodeId: Integer64;
}

export interface RemapFilePath {
  origId: number;
  remapId: number;
  remapType: number;
}

export interface TcpStream {
  inqLen: number;
  outqLen: number;
}

export interface Stats {
  dump: {
    freezingTime: number;
    frozenTime: number;
    memdumpTime: number;
    memwriteTime: number;
    pagesScanned: Integer64;
    pagesWritten: Integer64;
  } | null;
}

/** A kind of image: the number that its files start with, and how one of its messages is decoded. */
export interface ImageKind<T> {
  /** See `criu/include/magic.h`. */
  magic: number;
  decode(frame: Uint8Array, index: number): T;
}

function kind<T>(magic: number, message: string): ImageKind<T> {
  return {
    magic,
    decode: frame => messageType(message).decode(frame) as unknown as T,
  };
}

const PAGEMAP_MAGIC = 0x56084025;

/** The images that this reader knows. */
export const imageKinds = {
  pstree: kind<PstreeEntry>(0x50273030, 'PstreeEntry'),
  core: kind<Core>(0x55053847, 'Core'),
  ids: kind<TaskIds>(0x54432030, 'TaskIds'),
  mm: kind<Mm>(0x57492820, 'Mm'),
  pagemapHead: kind<PagemapHead>(PAGEMAP_MAGIC, 'PagemapHead'),
  pagemap: kind<PagemapEntry>(PAGEMAP_MAGIC, 'PagemapEntry'),
  fs: kind<Fs>(0x51403912, 'Fs'),
  fdinfo: kind<Fdinfo>(0x56213732, 'Fdinfo'),
  files: kind<File>(0x56303138, 'File'),
  regFiles: kind<RegFile>(0x50363636, 'RegFile'),
  pipes: kind<Pipe>(0x56513555, 'Pipe'),
  unixSockets: kind<UnixSocket>(0x54373943, 'UnixSocket'),
  inetSockets: kind<InetSocket>(0x56443851, 'InetSocket'),
  memfd: kind<MemfdInode>(0x48453499, 'MemfdInode'),
  remaps: kind<RemapFilePath>(0x59133954, 'RemapFilePath'),
  tcpStream: kind<TcpStream>(0x51465506, 'TcpStream'),
  stats: kind<Stats>(0x57093306, 'Stats'),
};
