import { createSocket } from 'node:dgram';
import { connect, createServer, isIPv4, type Socket } from 'node:net';
import type { SeenConnection } from '../../events/SystemEvent';
import { CommandProcess, SystemError } from './CommandProcess';
import { Descriptor, Source } from './Descriptor';

const MESSAGES: Record<string, string> = {
  ECONNREFUSED: 'Connection refused',
  EADDRINUSE: 'Address already in use',
  ETIMEDOUT: 'Connection timed out',
};
/** A wire that says nothing is given up after so long; the lab's own answers come at once. */
const CONNECT_TIMEOUT_MS = 5_000;

/** socket(2) and connect(2). Nothing leaves this machine: a pod reaches itself and the lab's other loopback addresses. */
export async function connectSocket(
  process: CommandProcess,
  protocol: SeenConnection['protocol'],
  host: string,
  port: number,
): Promise<Descriptor> {
  const address = addressOf(process, host);
  if (port < 1 || port > 65535) {
    throw new SystemError('Invalid argument');
  }
  const socket =
    protocol === 'tcp'
      ? await connectTcp(process, address, port)
      : await connectUdp(process, address, port);
  return process.socketOpened(socket);
}

/** Listens on the pod's address until one connection has come. */
export async function acceptSocket(
  process: CommandProcess,
  port: number,
): Promise<Descriptor> {
  const server = createServer();
  const stop = process.whenKilled(() => server.close());
  try {
    const socket = await new Promise<Socket>((resolve, reject) => {
      server.once('connection', resolve);
      server.once('error', error => reject(explain(error)));
      server.once('close', () => reject(new SystemError('Terminated')));
      server.listen(port, process.host.address);
    });
    return describe(process, socket);
  } finally {
    stop();
    server.close();
  }
}

/** A pod's own loopback interface is its address here: 127.0.0.1 belongs to the machine that the lab runs on. */
function addressOf({ host }: CommandProcess, name: string): string {
  if (name === 'localhost' || /^127\.0\.0\.\d+$/.test(name)) {
    return host.address;
  }
  if (!isIPv4(name)) {
    throw new SystemError('Name or service not known');
  }
  if (!name.startsWith('127.')) {
    throw new SystemError('Network is unreachable');
  }
  return name;
}

async function connectTcp(
  process: CommandProcess,
  host: string,
  port: number,
): Promise<Descriptor> {
  const socket = connect({
    host,
    port,
    localAddress: process.host.address,
    timeout: CONNECT_TIMEOUT_MS,
  });
  const stop = process.whenKilled(() => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', error => reject(explain(error)));
      socket.once('timeout', () => reject(new SystemError(MESSAGES.ETIMEDOUT)));
    });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    stop();
  }
  socket.setTimeout(0);
  return describe(process, socket);
}

function describe(process: CommandProcess, socket: Socket): Descriptor {
  const source = new Source();
  socket.on('data', bytes => source.push(bytes));
  // A peer that goes away without a word is nothing but the end.
  socket.on('error', () => socket.destroy());
  socket.on('end', () => source.end());
  socket.on('close', () => source.end());
  const stop = process.whenKilled(() => socket.destroy());
  socket.on('close', stop);
  return {
    source,
    write: bytes => {
      socket.write(bytes);
    },
    close: () => socket.end(),
    connection: {
      protocol: 'tcp',
      localAddress: socket.localAddress ?? '',
      localPort: socket.localPort ?? 0,
      remoteAddress: socket.remoteAddress ?? '',
      remotePort: socket.remotePort ?? 0,
    },
  };
}

/** Needs nobody on the other end; that there is none shows when something was sent. */
async function connectUdp(
  process: CommandProcess,
  address: string,
  port: number,
): Promise<Descriptor> {
  const socket = createSocket('udp4');
  const source = new Source();
  socket.on('message', bytes => source.push(bytes));
  socket.on('error', () => source.end());
  await new Promise<void>(resolve => socket.connect(port, address, resolve));
  const local = socket.address();
  let isOpen = true;
  const close = () => {
    if (isOpen) {
      isOpen = false;
      source.end();
      socket.close();
    }
  };
  process.whenKilled(close);
  return {
    source,
    write: bytes => socket.send(bytes, () => {}),
    close,
    connection: {
      protocol: 'udp',
      localAddress: local.address,
      localPort: local.port,
      remoteAddress: address,
      remotePort: port,
    },
  };
}

function explain(error: NodeJS.ErrnoException): SystemError {
  return new SystemError(MESSAGES[error.code ?? ''] ?? error.message);
}
