import { ROOT_MOUNT_ID } from './containerImages';
import type { OpenFile, ProcessSnapshot } from './DumpSnapshot';

const TYPE_REGULAR = 1;
const TYPE_PIPE = 2;
const TYPE_INET = 4;
const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
const TCP_ESTABLISHED = 1;
const TCP_LISTEN = 10;
const O_RDWR = 2;
const NETWORK_NAMESPACE_ID = 10;
const NOBODY = { uid: 0, euid: 0, signum: 0, pid_type: 0, pid: 0 };

/** The open files of all processes of a dump, numbered as `files.img` does. */
export class FileTable {
  readonly entries: object[] = [];
  /** Sockets with a connection, for `tcp-stream-<inode>.img`. */
  readonly connections: number[] = [];
  readonly #ids = new Map<OpenFile, number>();

  /** The file's id; adds it when it is met for the first time. */
  idOf(file: OpenFile): number {
    const known = this.#ids.get(file);
    if (known !== undefined) {
      return known;
    }
    const id = this.entries.length + 1;
    this.#ids.set(file, id);
    this.entries.push(this.#entryOf(file, id));
    return id;
  }

  addPath(path: string, mode: number, size?: number): number {
    return this.idOf({
      kind: 'regular',
      path,
      flags: 0,
      position: 0,
      mode,
      ...(size === undefined ? {} : { size }),
    });
  }

  #entryOf(file: OpenFile, id: number): object {
    switch (file.kind) {
      case 'regular':
        return {
          type: TYPE_REGULAR,
          id,
          reg: {
            id,
            flags: file.flags,
            pos: file.position,
            fown: NOBODY,
            name: file.path,
            mnt_id: ROOT_MOUNT_ID,
            ...(file.size === undefined ? {} : { size: file.size }),
            mode: file.mode,
          },
        };
      case 'pipe':
        return {
          type: TYPE_PIPE,
          id,
          pipe: { id, pipe_id: file.pipeId, flags: file.flags, fown: NOBODY },
        };
      default:
        if (file.state === 'established') {
          this.connections.push(file.inode);
        }
        return { type: TYPE_INET, id, isk: socketEntry(file, id) };
    }
  }
}

function socketEntry(socket: OpenFile & { kind: 'inet' }, id: number) {
  return {
    id,
    ino: socket.inode,
    family: AF_INET,
    type: SOCK_STREAM,
    proto: IPPROTO_TCP,
    state: socket.state === 'listen' ? TCP_LISTEN : TCP_ESTABLISHED,
    src_port: socket.sourcePort,
    dst_port: socket.destinationPort,
    flags: O_RDWR,
    backlog: socket.backlog,
    src_addr: [packAddress(socket.sourceAddress)],
    dst_addr: [packAddress(socket.destinationAddress)],
    fown: NOBODY,
    opts: {
      so_sndbuf: 16384,
      so_rcvbuf: 131072,
      so_snd_tmo_sec: 0,
      so_snd_tmo_usec: 0,
      so_rcv_tmo_sec: 0,
      so_rcv_tmo_usec: 0,
      reuseaddr: true,
      so_priority: 0,
      so_rcvlowat: 1,
      so_dontroute: false,
      so_no_check: false,
      so_reuseport: false,
      so_broadcast: false,
      so_keepalive: false,
      so_oobinline: 0,
      so_buf_lock: 0,
    },
    ip_opts: { ttl: 64 },
    ns_id: NETWORK_NAMESPACE_ID,
    tcp_opts: { keepcnt: 9, keepidle: 7200, keepintvl: 75 },
  };
}

/** `tcp-stream-<inode>.img` of a connection with nothing in its queues. */
export function tcpStreamEntry() {
  return {
    inq_len: 0,
    inq_seq: 1,
    outq_len: 0,
    outq_seq: 1,
    opt_mask: 7,
    snd_wscale: 10,
    mss_clamp: 1460,
    rcv_wscale: 10,
    timestamp: 0,
    unsq_len: 0,
    snd_wl1: 0,
    snd_wnd: 64512,
    max_window: 64512,
    rcv_wnd: 65536,
    rcv_wup: 1,
  };
}

/** `fdinfo-<files id>.img`. */
export function descriptorEntries(process: ProcessSnapshot, table: FileTable) {
  return [...process.descriptors].map(([fd, file]) => ({
    id: table.idOf(file),
    flags: 0,
    type: { regular: TYPE_REGULAR, pipe: TYPE_PIPE, inet: TYPE_INET }[
      file.kind
    ],
    fd,
  }));
}

/** The inverse of {@link FileTable}: open files by their id. Files of kinds that the lab never writes are left out. */
export function parseFiles(entries: any[]): Map<number, OpenFile> {
  const files = new Map<number, OpenFile>();
  for (const { id, reg, pipe, isk } of entries) {
    if (reg) {
      files.set(id, {
        kind: 'regular',
        path: reg.name,
        flags: reg.flags,
        position: reg.pos,
        mode: reg.mode,
        ...(reg.size === undefined ? {} : { size: reg.size }),
      });
    } else if (pipe) {
      files.set(id, { kind: 'pipe', pipeId: pipe.pipe_id, flags: pipe.flags });
    } else if (isk) {
      files.set(id, {
        kind: 'inet',
        inode: isk.ino,
        state: isk.state === TCP_LISTEN ? 'listen' : 'established',
        sourceAddress: unpackAddress(isk.src_addr?.[0] ?? 0),
        sourcePort: isk.src_port,
        destinationAddress: unpackAddress(isk.dst_addr?.[0] ?? 0),
        destinationPort: isk.dst_port,
        backlog: isk.backlog,
      });
    }
  }
  return files;
}

/** An IPv4 address as the number that its bytes in network order are on a little-endian machine. */
function packAddress(address: string): number {
  return Buffer.from(address.split('.').map(Number)).readUInt32LE();
}

function unpackAddress(packed: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(packed);
  return [...bytes].join('.');
}
