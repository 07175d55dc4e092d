import { readFileSync, readlinkSync } from 'node:fs';
import type { SeenConnection, SeenProcess } from '../../events/SystemEvent';

/** Children of a process, of all its threads. */
export function childrenOf(pid: number): number[] {
  return readText(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

/** What tells whether two processes are in the same container. */
export function pidNamespaceOf(pid: number): string {
  return readLink(`/proc/${pid}/ns/pid`);
}

/** What /proc says of a process of a container; undefined if it is gone, or has not executed anything yet. */
export function readProcess(
  pid: number,
  ancestors: SeenProcess['ancestors'],
): SeenProcess | undefined {
  const argv = readText(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
  const executable = readLink(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  // crun enters a container as a program without a file, before it executes the command.
  if (argv.length === 0 || !executable || executable === '/') {
    return undefined;
  }
  const stat = readText(`/proc/${pid}/stat`);
  const [, , , , terminal = '0'] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ');
  const uid = /^Uid:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1];
  return {
    pid,
    argv,
    name: readText(`/proc/${pid}/comm`).trim(),
    executable,
    workingDirectory: readLink(`/proc/${pid}/cwd`) || '/',
    uid: Number(uid ?? 0),
    terminal: Number(terminal),
    ancestors,
  };
}

/** The internet connection that a descriptor of a process is, if it is one. */
export function connectionOf(
  pid: number,
  descriptor: number,
): SeenConnection | undefined {
  const [, inode] =
    /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${descriptor}`)) ?? [];
  for (const protocol of ['tcp', 'udp'] as const) {
    const row = readText(`/proc/${pid}/net/${protocol}`)
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .find(fields => inode !== undefined && fields[9] === inode);
    const [localAddress, localPort] = parseEnd(row?.[1]);
    const [remoteAddress, remotePort] = parseEnd(row?.[2]);
    if (localAddress && remoteAddress && remotePort) {
      return {
        protocol,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
      };
    }
  }
  return undefined;
}

/** `0100007F:1F90`: the address's bytes in the order of a little-endian machine (proc_net_tcp). */
function parseEnd(text = ''): [address: string, port: number] {
  const [address, port] = text.split(':');
  const bytes = (address.match(/../g) ?? []).reverse();
  return [
    bytes.map(byte => parseInt(byte, 16)).join('.'),
    parseInt(port ?? '0', 16),
  ];
}

/** Empty for what is not there any more. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
