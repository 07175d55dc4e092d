import {
  Connection,
  Descriptor,
  Evidence,
  Process,
  Report,
} from '@cubemig/plugin-cubemig-common';
import { isShell } from '../commands/programs';
import { Detection, Detector } from '../Detector';
import { groupBy } from '../../grouping/groupBy';

/** Data may pass through this many programs between the shell and the socket (`cat fifo | sh -i | nc > fifo`). */
const MAX_HOPS = 4;
/** Real pipelines are short: a checkpoint that was made up must not take for ever. */
const MAX_SHELLS = 1000;
const MAX_VISITED = 200;

type Direction = 'input' | 'output';

interface SocketEnd {
  connection: Connection;
  /** The programs in between, from the shell on. */
  hops: Process[];
}

/** Which process's data go where. */
class DataFlow {
  private readonly processes: Map<number, Process>;
  private readonly byPid: Map<number, Descriptor[]>;
  private readonly byTarget: Map<string, Descriptor[]>;
  private readonly sockets = new Map<string, Connection>();
  /** The other end of a unix socket. */
  private readonly peers = new Map<string, string>();

  constructor(report: Report) {
    this.byPid = groupBy(report.descriptors, ({ pid }) => pid);
    this.byTarget = groupBy(report.descriptors, ({ target }) => target);
    this.processes = new Map(report.processes.map(p => [p.pid, p]));
    for (const connection of report.connections) {
      // A listening socket carries no data.
      if (
        /^IPV[46]$/.test(connection.family) &&
        connection.state !== 'LISTEN'
      ) {
        this.sockets.set(`socket:${connection.inode}`, connection);
      } else if (connection.peer_inode !== undefined) {
        this.peers.set(
          `socket:${connection.inode}`,
          `socket:${connection.peer_inode}`,
        );
      }
    }
  }

  findSocket(shell: number, direction: Direction): SocketEnd | undefined {
    const visited = new Set([shell]);
    let front: { pid: number; hops: Process[] }[] = [{ pid: shell, hops: [] }];
    for (let hop = 0; hop <= MAX_HOPS && front.length > 0; hop++) {
      const next: typeof front = [];
      for (const { pid, hops } of front) {
        const connection = this.socketOf(pid, direction, pid === shell);
        if (connection) {
          return { connection, hops };
        }
        for (const peer of this.peersOf(pid, direction, pid === shell)) {
          const process = this.processes.get(peer);
          if (process && !visited.has(peer) && visited.size < MAX_VISITED) {
            visited.add(peer);
            next.push({ pid: peer, hops: [...hops, process] });
          }
        }
      }
      front = next;
    }
    return undefined;
  }

  /** Of the shell itself only the standard descriptors count. */
  private descriptorsOf(pid: number, direction: Direction, isFirst: boolean) {
    const standard = direction === 'input' ? [0] : [1, 2];
    return (this.byPid.get(pid) ?? []).filter(
      ({ fd }) => !isFirst || standard.includes(fd),
    );
  }

  private socketOf(pid: number, direction: Direction, isFirst: boolean) {
    return this.descriptorsOf(pid, direction, isFirst)
      .map(({ target }) => this.sockets.get(target))
      .find(connection => connection !== undefined);
  }

  /** Those who write into what this process reads, or read from what it writes: a pipe, or a unix socket. */
  private peersOf(pid: number, direction: Direction, isFirst: boolean) {
    const [own, other] =
      direction === 'input' ? ['write', 'read'] : ['read', 'write'];
    const ends = new Set<string>();
    for (const { target, access } of this.descriptorsOf(
      pid,
      direction,
      isFirst,
    )) {
      const peer = this.peers.get(target);
      if (peer !== undefined) {
        ends.add(peer);
      } else if (target.startsWith('pipe:') && access !== own) {
        ends.add(target);
      }
    }
    return [...ends]
      .flatMap(end => (this.byTarget.get(end) ?? []).slice(0, MAX_VISITED))
      .filter(d => d.pid !== pid && d.access !== other)
      .map(d => d.pid);
  }
}

export const shellWithSocket: Detector = {
  id: 'shell-with-socket',
  title: 'A shell takes its commands from the network',
  technique: {
    id: 'T1059.004',
    name: 'Command and Scripting Interpreter: Unix Shell',
  },
  explanation:
    "The standard input or output of a shell is a network socket, or a pipe to a program that has one: a reverse shell. Whoever is at the other end has the container's rights.",
  remedy:
    'Treat the container as taken over: cut it off from the network, keep the checkpoint as evidence, change every credential that it could read.',
  detect({ report }) {
    const flow = new DataFlow(report);
    return report.processes
      .filter(isShell)
      .slice(0, MAX_SHELLS)
      .flatMap(shell => {
        const input = flow.findSocket(shell.pid, 'input');
        const output = flow.findSocket(shell.pid, 'output');
        const isDirect = [input, output].some(end => end?.hops.length === 0);
        if (!input && !output) {
          return [];
        }
        // A server that reads what a command prints (subprocess, CGI) has one direction only.
        const severity: Detection['severity'] =
          isDirect || (input && output) ? 'critical' : 'low';
        return [
          {
            severity,
            evidence: [
              ...(input ? [toEvidence(shell, 'input', input)] : []),
              ...(output ? [toEvidence(shell, 'output', output)] : []),
            ],
          },
        ];
      });
  },
};

function toEvidence(
  shell: Process,
  direction: Direction,
  { connection, hops }: SocketEnd,
): Evidence {
  const { local, remote, state } = connection;
  const socket = `${local?.address}:${local?.port} -> ${remote?.address}:${remote?.port} ${state}`;
  const through = hops.map(p => `${p.command} (${p.pid})`).join(', ');
  return {
    pid: shell.pid,
    command: shell.command,
    socket,
    detail: `the ${direction} of ${shell.command} (${shell.pid}) ${
      direction === 'input' ? 'comes from' : 'goes to'
    } ${socket}${through && ` through ${through}`}`,
  };
}
