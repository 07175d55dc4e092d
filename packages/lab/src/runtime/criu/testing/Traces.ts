import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a node of the criu runtime could leave on this machine. */
export interface Traces {
  /** The machine's mounts, all of them. */
  mounts: string[];
  interfaces: string[];
  controlGroups: string[];
  /** Processes in namespaces of mounts other than this one's, or in such control groups. */
  processes: string[];
  /** Kinds and numbers of the namespaces that those are in. */
  namespaces: string[];
}

/** Looks for the traces of nodes with this address prefix. */
export function findTraces(prefix: string): Traces {
  const processes = readdirSync('/proc').filter(
    pid => /^\d+$/.test(pid) && controlGroupsOf(pid).includes(`-${prefix}`),
  );
  return {
    mounts: readFileSync('/proc/self/mountinfo', 'utf8').split('\n').sort(),
    interfaces: readdirSync('/sys/class/net').filter(name =>
      name.endsWith(prefix),
    ),
    controlGroups: findFolders('/sys/fs/cgroup', `-${prefix}`, 6),
    processes,
    namespaces: [...new Set(processes.flatMap(namespacesOf))].sort(),
  };
}

/** Processes of this machine that are in one of these namespaces. */
export function findUsers(namespaces: string[]): string[] {
  return readdirSync('/proc').filter(
    pid =>
      /^\d+$/.test(pid) &&
      namespacesOf(pid).some(namespace => namespaces.includes(namespace)),
  );
}

function controlGroupsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch {
    return '';
  }
}

/** Those that this process is not in as well. */
function namespacesOf(pid: string): string[] {
  return ['mnt', 'pid', 'net', 'cgroup', 'ipc', 'uts'].flatMap(kind => {
    try {
      const namespace = readlinkSync(`/proc/${pid}/ns/${kind}`);
      const own = readlinkSync(`/proc/self/ns/${kind}`);
      return namespace === own ? [] : [namespace];
    } catch {
      return [];
    }
  });
}

/** Also those that a container's would be in, if it were not in its node's. Other nodes' are other nodes' business. */
function findFolders(folder: string, end: string, depth: number): string[] {
  if (depth === 0 || !existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(folder, name);
      if (name.endsWith(end) || name === 'kubepods') return [path];
      return name.startsWith('cubemig-lab-')
        ? []
        : findFolders(path, end, depth - 1);
    });
}
