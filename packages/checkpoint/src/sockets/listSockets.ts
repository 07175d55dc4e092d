import { Connection, Report } from '@cubemig/plugin-cubemig-common';
import {
  CriuImages,
  InetSocket,
  NetlinkSocket,
  PacketSocket,
  toText,
  UnixSocket,
} from '../criu';
import { ReadDescriptor } from '../files';
import { formatBufferSize } from '../report/formatBytes';
import { formatAddress } from './addresses';
import { toFamilyName, toProtocolName, toStateName } from './socketNames';

type SocketGroups = NonNullable<Report['sockets']>;
type OpenSocket = SocketGroups[number]['open_sockets'][number];

/** Sockets as checkpointctl lists them: by process, those without any left out. */
export function listSockets(
  descriptors: readonly ReadDescriptor[],
): SocketGroups {
  const groups = new Map<number, OpenSocket[]>();
  for (const descriptor of descriptors) {
    const socket = toOpenSocket(descriptor);
    if (socket) {
      const group = groups.get(descriptor.pid) ?? [];
      group.push(socket);
      groups.set(descriptor.pid, group);
    }
  }
  return [...groups].map(([pid, open_sockets]) => ({ pid, open_sockets }));
}

/** Sockets with all that is known of them. */
export function listConnections(
  descriptors: readonly ReadDescriptor[],
  images: CriuImages,
): Connection[] {
  return descriptors.flatMap(({ pid, fd, file }) => {
    if (file?.isk) {
      return [{ pid, fd, ...describeInet(file.isk, images) }];
    }
    if (file?.usk) {
      return [{ pid, fd, ...describeUnix(file.usk) }];
    }
    if (file?.nlsk) {
      return [
        {
          pid,
          fd,
          family: 'NETLINK',
          protocol: String(file.nlsk.protocol),
          state: toStateName(file.nlsk.state),
          inode: file.nlsk.ino,
        },
      ];
    }
    if (file?.psk) {
      return [
        {
          pid,
          fd,
          family: 'PACKET',
          protocol: String(file.psk.protocol),
          state: '',
          inode: 0,
        },
      ];
    }
    return [];
  });
}

type Described = Omit<Connection, 'pid' | 'fd'>;

function describeInet(socket: InetSocket, images: CriuImages): Described {
  const isTcp = socket.proto === 6;
  const queues = isTcp ? images.tcpStream(socket.ino) : undefined;
  return {
    family: toFamilyName(socket.family),
    protocol: toProtocolName(socket.proto),
    state: toStateName(socket.state),
    local: { address: formatAddress(socket.srcAddr), port: socket.srcPort },
    remote: { address: formatAddress(socket.dstAddr), port: socket.dstPort },
    inode: socket.ino,
    ...(queues && {
      send_queue: queues.outqLen,
      receive_queue: queues.inqLen,
    }),
  };
}

function describeUnix(socket: UnixSocket): Described {
  // An abstract name starts with NUL; tools write it with an `@`.
  const path = toText(socket.name).replaceAll('\0', '@');
  return {
    family: 'UNIX',
    protocol: { 1: 'STREAM', 2: 'DGRAM', 5: 'SEQPACKET' }[socket.type] ?? '',
    state: toStateName(socket.state),
    ...(path && { path }),
    inode: socket.ino,
    ...(socket.peer > 0 && { peer_inode: socket.peer }),
  };
}

function toOpenSocket({ type, file }: ReadDescriptor): OpenSocket | undefined {
  switch (type) {
    case 'INETSK':
      return file?.isk ? toInetSocket(file.isk) : { data: {} };
    case 'UNIXSK':
      return {
        data: withoutEmpty({
          type: 'UNIX',
          address: toText(file?.usk?.name),
        }),
      };
    case 'PACKETSK':
      return toPlainSocket(file?.psk);
    case 'NETLINKSK':
      return toPlainSocket(file?.nlsk);
    default:
      return undefined;
  }
}

function toInetSocket(socket: InetSocket): OpenSocket {
  const protocol = toProtocolName(socket.proto);
  return {
    protocol,
    data: withoutEmpty({
      type: protocol,
      state: toStateName(socket.state % 256),
      src: formatAddress(socket.srcAddr),
      src_port: socket.srcPort,
      dst: formatAddress(socket.dstAddr),
      dst_port: socket.dstPort,
      send_buf: formatBufferSize(socket.opts?.soSndbuf ?? 0),
      recv_buf: formatBufferSize(socket.opts?.soRcvbuf ?? 0),
    }),
  };
}

function toPlainSocket(
  socket: PacketSocket | NetlinkSocket | null | undefined,
): OpenSocket {
  if (!socket) {
    return { data: {} };
  }
  return {
    protocol: toProtocolName(socket.protocol),
    data: {
      send_buf: formatBufferSize(socket.opts?.soSndbuf ?? 0),
      recv_buf: formatBufferSize(socket.opts?.soRcvbuf ?? 0),
    },
  };
}

/** Go leaves out empty text and zero where a field is `omitempty`. */
function withoutEmpty(data: OpenSocket['data']): OpenSocket['data'] {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== '' && value !== 0),
  );
}
