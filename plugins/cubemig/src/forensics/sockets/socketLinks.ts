import { Connection } from '@cubemig/plugin-cubemig-common';

/** Processes on the left, the addresses that they talk to on the right. */
export interface SocketLinks {
  processes: number[];
  remotes: string[];
  links: { process: number; remote: number; connections: number }[];
  /** Connections that there was no room for. */
  leftOut: number;
}

/** Who talks to whom beyond this machine; at most `limit` processes and `limit` addresses. */
export function socketLinks(
  connections: Connection[],
  limit: number,
): SocketLinks {
  const talking = connections.filter(
    ({ remote }) => remote && remote.port > 0 && !isLoopback(remote.address),
  );
  const pids = [...new Set(talking.map(({ pid }) => pid))].slice(0, limit);
  const addresses = [...new Set(talking.map(nameOf))].slice(0, limit);
  const counts = new Map<string, number>();
  let leftOut = 0;
  for (const connection of talking) {
    const process = pids.indexOf(connection.pid);
    const remote = addresses.indexOf(nameOf(connection));
    if (process < 0 || remote < 0) {
      leftOut += 1;
    } else {
      const key = `${process}/${remote}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return {
    processes: pids,
    remotes: addresses,
    links: [...counts].map(([key, count]) => {
      const [process, remote] = key.split('/').map(Number);
      return { process, remote, connections: count };
    }),
    leftOut,
  };
}

function nameOf({ remote }: Connection): string {
  return `${remote!.address}:${remote!.port}`;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
