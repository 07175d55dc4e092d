import { createServer, Server, Socket } from 'node:net';
import type { OpenFile } from '../../criu-images/DumpSnapshot';
import type { Connection } from '../../programs/Program';
import type { Freezer } from './Freezer';

export type InetSocket = OpenFile & { kind: 'inet' };

/** What the sockets of a process need from it. */
export interface SocketOwner {
  freezer: Freezer;
  /** The pod's address; what a program calls 0.0.0.0. */
  address: string;
  open(file: InetSocket): number;
  closed(descriptor: number): void;
  /** Runs program code; an error in it ends the process. */
  run(action: () => void): void;
}

/** The real sockets behind a process's descriptors. */
export class SocketTable {
  readonly #servers = new Map<InetSocket, Server>();
  readonly #acceptors = new Map<InetSocket, (connection: Connection) => void>();
  readonly #sockets = new Set<Socket>();
  #nextInode = 152000 + Math.floor(Math.random() * 100000);

  constructor(private readonly owner: SocketOwner) {
    owner.freezer.onChange(isFrozen =>
      this.#sockets.forEach(socket =>
        isFrozen ? socket.pause() : socket.resume(),
      ),
    );
  }

  nextInode(): number {
    this.#nextInode += 1;
    return this.#nextInode;
  }

  /** Binds a listening socket; rejects with the system's error if the port is taken. */
  async bind(file: InetSocket): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, socket =>
      this.owner.run(() => this.#accept(file, socket)),
    );
    this.#servers.set(file, server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(file.sourcePort, this.owner.address, file.backlog, resolve);
    });
  }

  /** Says who talks to those that connect. */
  onConnection(
    file: InetSocket,
    acceptor: (connection: Connection) => void,
  ): void {
    this.#acceptors.set(file, acceptor);
  }

  close(): void {
    this.#servers.forEach(server => server.close());
    this.#sockets.forEach(socket => socket.destroy());
    this.#servers.clear();
    this.#sockets.clear();
  }

  #accept(file: InetSocket, socket: Socket): void {
    const acceptor = this.#acceptors.get(file);
    if (!acceptor || !this.#servers.has(file)) {
      socket.destroy();
      return;
    }
    const descriptor = this.owner.open({
      kind: 'inet',
      inode: this.nextInode(),
      state: 'established',
      sourceAddress: socket.localAddress ?? this.owner.address,
      sourcePort: file.sourcePort,
      destinationAddress: socket.remoteAddress ?? '0.0.0.0',
      destinationPort: socket.remotePort ?? 0,
      backlog: 0,
    });
    this.#sockets.add(socket);
    // A client that goes away without a word is nothing to the program but a closed connection.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.owner.run(() => this.owner.closed(descriptor));
    });
    acceptor(this.#connectionOf(socket));
    socket.resume();
  }

  #connectionOf(socket: Socket): Connection {
    return {
      onData: listener =>
        socket.on('data', bytes => this.owner.run(() => listener(bytes))),
      onClose: listener => socket.on('close', () => this.owner.run(listener)),
      write: bytes => socket.write(bytes),
      close: () => socket.end(),
    };
  }
}
