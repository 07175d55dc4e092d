import { INamespace, Root, Type } from 'protobufjs/light';

/*
 * CRIU's messages, as far as this reader uses them. Names and numbers of fields are those of `images/*.proto` in CRIU's
 * source. Text is read as bytes: what a process chose as its name need not be UTF-8. Nothing is `required`, so that an
 * image that lacks a field still tells the rest.
 */

type FieldSpec =
  | [type: string, id: number]
  | [type: string, id: number, 'repeated'];

function message(fields: Record<string, FieldSpec>) {
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [type, id, rule]]) => [
        name,
        { type, id, ...(rule && { rule }) },
      ]),
    ),
  };
}

const descriptor: INamespace = {
  nested: {
    Inventory: message({
      imgVersion: ['uint32', 1],
      rootIds: ['TaskIds', 3],
      dumpUptime: ['uint64', 8],
      preDumpMode: ['uint32', 9],
      tcpClose: ['bool', 10],
    }),
    PstreeEntry: message({
      pid: ['uint32', 1],
      ppid: ['uint32', 2],
      pgid: ['uint32', 3],
      sid: ['uint32', 4],
      threads: ['uint32', 5, 'repeated'],
    }),
    Core: message({
      mtype: ['uint32', 1],
      tc: ['TaskCore', 3],
      ids: ['TaskIds', 4],
      threadCore: ['ThreadCore', 5],
    }),
    TaskCore: message({
      taskState: ['uint32', 1],
      exitCode: ['uint32', 2],
      comm: ['bytes', 6],
    }),
    ThreadCore: message({ creds: ['Creds', 10] }),
    Creds: message({
      uid: ['uint32', 1],
      gid: ['uint32', 2],
      euid: ['uint32', 3],
      egid: ['uint32', 4],
      capEff: ['uint32', 11, 'repeated'],
      noNewPrivs: ['uint32', 18],
    }),
    TaskIds: message({ filesId: ['uint32', 2] }),
    Mm: message({
      mmArgStart: ['uint64', 8],
      mmArgEnd: ['uint64', 9],
      mmEnvStart: ['uint64', 10],
      mmEnvEnd: ['uint64', 11],
      exeFileId: ['uint32', 12],
      vmas: ['Vma', 14, 'repeated'],
    }),
    Vma: message({
      start: ['uint64', 1],
      end: ['uint64', 2],
      shmid: ['uint64', 4],
      prot: ['uint32', 5],
      flags: ['uint32', 6],
      status: ['uint32', 7],
    }),
    PagemapHead: message({ pagesId: ['uint32', 1] }),
    // `nr_pages` came with CRIU 4.1; before, and beside it, there is `compat_nr_pages` (once `nr_pages` itself).
    PagemapEntry: message({
      vaddr: ['uint64', 1],
      compatNrPages: ['uint32', 2],
      inParent: ['bool', 3],
      flags: ['uint32', 4],
      nrPages: ['uint64', 5],
    }),
    Fs: message({ cwdId: ['uint32', 1], rootId: ['uint32', 2] }),
    Fdinfo: message({
      id: ['uint32', 1],
      flags: ['uint32', 2],
      type: ['uint32', 3],
      fd: ['uint32', 4],
    }),
    File: message({
      type: ['uint32', 1],
      id: ['uint32', 2],
      reg: ['RegFile', 3],
      isk: ['InetSocket', 4],
      psk: ['PacketSocket', 6],
      nlsk: ['NetlinkSocket', 7],
      usk: ['UnixSocket', 16],
      fifo: ['Fifo', 17],
      pipe: ['Pipe', 18],
      memfd: ['Memfd', 20],
    }),
    RegFile: message({
      id: ['uint32', 1],
      flags: ['uint32', 2],
      name: ['bytes', 6],
      mode: ['uint32', 10],
    }),
    InetSocket: message({
      id: ['uint32', 1],
      ino: ['uint32', 2],
      family: ['uint32', 3],
      type: ['uint32', 4],
      proto: ['uint32', 5],
      state: ['uint32', 6],
      srcPort: ['uint32', 7],
      dstPort: ['uint32', 8],
      srcAddr: ['uint32', 11, 'repeated'],
      dstAddr: ['uint32', 12, 'repeated'],
      opts: ['SocketOptions', 14],
    }),
    UnixSocket: message({
      id: ['uint32', 1],
      ino: ['uint32', 2],
      type: ['uint32', 3],
      state: ['uint32', 4],
      peer: ['uint32', 8],
      opts: ['SocketOptions', 10],
      name: ['bytes', 11],
    }),
    PacketSocket: message({
      id: ['uint32', 1],
      type: ['uint32', 2],
      protocol: ['uint32', 3],
      opts: ['SocketOptions', 7],
    }),
    NetlinkSocket: message({
      id: ['uint32', 1],
      ino: ['uint32', 2],
      protocol: ['uint32', 3],
      state: ['uint32', 4],
      opts: ['SocketOptions', 12],
    }),
    SocketOptions: message({
      soSndbuf: ['uint32', 1],
      soRcvbuf: ['uint32', 2],
    }),
    Fifo: message({
      id: ['uint32', 1],
      pipeId: ['uint32', 2],
      regfId: ['uint32', 3],
    }),
    Pipe: message({
      id: ['uint32', 1],
      pipeId: ['uint32', 2],
      flags: ['uint32', 3],
    }),
    Memfd: message({ id: ['uint32', 1], inodeId: ['uint32', 5] }),
    MemfdInode: message({ name: ['bytes', 1], inodeId: ['uint64', 7] }),
    RemapFilePath: message({
      origId: ['uint32', 1],
      remapId: ['uint32', 2],
      remapType: ['uint32', 3],
    }),
    TcpStream: message({
      inqLen: ['uint32', 1],
      outqLen: ['uint32', 3],
    }),
    Stats: message({ dump: ['DumpStats', 1] }),
    DumpStats: message({
      freezingTime: ['uint32', 1],
      frozenTime: ['uint32', 2],
      memdumpTime: ['uint32', 3],
      memwriteTime: ['uint32', 4],
      pagesScanned: ['uint64', 5],
      pagesWritten: ['uint64', 7],
    }),
  },
};

let root: Root | undefined;
const types = new Map<string, Type>();

/** One of CRIU's messages, by the name it has above. Made when first needed, to keep programs quick to start. */
export function messageType(name: string): Type {
  let type = types.get(name);
  if (!type) {
    root ??= Root.fromJSON(descriptor);
    type = root.lookupType(name);
    types.set(name, type);
  }
  return type;
}
