import { Process } from '@cubemig/plugin-cubemig-common';
import { Archive } from '../archive';
import { CriuImages, Mm, toNumber, toText } from '../criu';
import { ProcessMemory } from '../memory';
import { Warnings } from '../report/Warnings';
import { toCapabilityNames } from './capabilities';
import { Arguments, readArguments } from './readArguments';

/** A process with what only its memory tells. */
export interface ReadProcess extends Process {
  cmdline?: string;
  environment?: Record<string, string>;
}

/** What is left of a limit that all processes share. */
interface Budget {
  argumentBytes: number;
}

/** The kernel's mark of a removed file, where CRIU kept it. */
const DELETED_SUFFIX = / \(deleted\)$/;

/** Kernel: MAP_SHARED. */
const MAP_SHARED = 1;

// compel/include/uapi/task-state.h
const taskStates: Record<number, Process['state']> = {
  1: 'Alive',
  2: 'Dead',
  3: 'Stopped',
  6: 'Zombie',
};

/** A process that CRIU found dead or a zombie has no memory, files or sockets in the checkpoint. */
export function hasState(process: Pick<Process, 'state'>): boolean {
  return process.state === 'Alive' || process.state === 'Stopped';
}

/** All processes of a checkpoint, in the order in which CRIU lists them. */
export function readProcesses(
  archive: Archive,
  images: CriuImages,
  warnings: Warnings,
): ReadProcess[] {
  const ghosts = new Set(images.remaps().map(remap => remap.origId));
  const budget = { argumentBytes: archive.limits.allArgumentBytes };
  const seen = new Set<number>();
  const processes: ReadProcess[] = [];
  for (const entry of images.pstree()) {
    if (seen.has(entry.pid)) {
      warnings.add(`${archive.name}: lists process ${entry.pid} twice`);
      continue;
    }
    seen.add(entry.pid);
    const core = images.core(entry.pid);
    const creds = core?.threadCore?.creds;
    const process: ReadProcess = {
      pid: entry.pid,
      ppid: entry.ppid,
      pgid: entry.pgid,
      sid: entry.sid,
      threads: Math.max(1, entry.threads.length),
      state: taskStates[core?.tc?.taskState ?? 0] ?? 'Unknown',
      command: toText(core?.tc?.comm),
      argv: [],
      exe_deleted: false,
      uid: creds?.euid,
      gid: creds?.egid,
      capabilities: toCapabilityNames(creds?.capEff ?? []),
      memory_size: 0,
      shared_memory_size: 0,
    };
    if (hasState(process)) {
      Object.assign(
        process,
        readDirectories(images, entry.pid),
        readMemory(archive, images, entry.pid, ghosts, budget, warnings),
      );
    }
    processes.push(process);
  }
  return processes;
}

function readDirectories(
  images: CriuImages,
  pid: number,
): Pick<Process, 'cwd' | 'root'> {
  const fs = images.fs(pid);
  return fs
    ? { cwd: images.pathOf(fs.cwdId), root: images.pathOf(fs.rootId) }
    : {};
}

function readMemory(
  archive: Archive,
  images: CriuImages,
  pid: number,
  ghosts: Set<number>,
  budget: Budget,
  warnings: Warnings,
): Partial<ReadProcess> {
  const mm = images.mm(pid);
  const memory = ProcessMemory.open(archive, images, pid, warnings);
  if (!mm) {
    return { memory_size: memory?.size ?? 0 };
  }
  const exe = images.pathOf(mm.exeFileId);
  const maxBytes = Math.min(archive.limits.argumentBytes, budget.argumentBytes);
  const args = memory && tryReadArguments(memory, mm, pid, maxBytes, warnings);
  budget.argumentBytes -= args?.bytes ?? 0;
  return {
    exe: exe?.replace(DELETED_SUFFIX, ''),
    exe_deleted:
      ghosts.has(mm.exeFileId) ||
      (exe !== undefined && DELETED_SUFFIX.test(exe)),
    memory_size: memory?.size ?? 0,
    shared_memory_size: sumSharedMappings(mm),
    argv: args?.argv ?? [],
    title: args?.title,
    cmdline: args?.cmdline,
    environment: args?.environment,
  };
}

function tryReadArguments(
  memory: ProcessMemory,
  mm: Mm,
  pid: number,
  maxBytes: number,
  warnings: Warnings,
): Arguments | undefined {
  try {
    return readArguments(memory, mm, maxBytes);
  } catch (error) {
    warnings.add(`process ${pid}: ${(error as Error).message}`);
    return undefined;
  }
}

function sumSharedMappings(mm: Mm): number {
  return mm.vmas
    .filter(vma => (vma.flags & MAP_SHARED) !== 0)
    .reduce(
      (total, vma) =>
        total + Math.max(0, toNumber(vma.end) - toNumber(vma.start)),
      0,
    );
}
