import { promises as fs, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const ROOT = '/sys/fs/cgroup';
const NAME = /^cubemig-lab-(\d+)-(\d+)-[\d.]+$/;
/** Deeper than any session of a user lies; a container's own groups are found by {@link cleanGroups}. */
const MAX_DEPTH = 6;

/** The name of a node's control groups; it tells which process they belong to, so that a later run can tell what was left behind. */
export function controlGroupName(addressPrefix: string): string {
  const { pid } = process;
  return `cubemig-lab-${pid}-${startTimeOf(pid)}-${addressPrefix}`;
}

/**
 * Removes what nodes of labs that were killed have left: control groups and processes in them. Mounts, namespaces and interfaces go
 * with the processes. Nodes of a lab that still runs are left alone. Returns the folders of the removed groups.
 */
export async function cleanGroups(): Promise<string[]> {
  const left = (await findGroups(ROOT, MAX_DEPTH)).filter(isLeft);
  for (const group of left) {
    await removeGroup(group);
  }
  return left;
}

async function findGroups(folder: string, depth: number): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter(each => each.isDirectory())) {
    const path = join(folder, entry.name);
    if (NAME.test(entry.name)) {
      found.push(path);
    } else if (depth > 1) {
      found.push(...(await findGroups(path, depth - 1)));
    }
  }
  return found;
}

function isLeft(group: string): boolean {
  const [, pid, startTime] = NAME.exec(basename(group)) ?? [];
  return startTimeOf(Number(pid)) !== startTime;
}

/** Clock ticks since boot, which tell a process from a later one with the same number: field 22 of proc(5)'s `stat`. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Ends the processes of a group and of those in it, then removes it; a killed process stays in its group for a moment. */
async function removeGroup(group: string): Promise<void> {
  for (const entry of await fs.readdir(group, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      await removeGroup(join(group, entry.name));
    }
  }
  for (let tries = 0; tries < 100; tries += 1) {
    const processes = readFileSync(join(group, 'cgroup.procs'), 'utf8');
    for (const pid of processes.split('\n').filter(Boolean)) {
      kill(Number(pid));
    }
    try {
      await fs.rmdir(group);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') {
        throw error;
      }
      await setTimeout(50);
    }
  }
  throw new Error(`The control group ${group} cannot be removed`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
