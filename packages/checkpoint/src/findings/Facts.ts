import { Report } from '@cubemig/plugin-cubemig-common';
import { searchMemory } from '../memory';
import { hasState } from '../process';
import { Checkpoint, readReport } from '../report';
import { readRootfsChanges } from '../rootfs';
import { decodeLayers } from './commands/decodeBase64';
import { minerStrings } from './minerStrings';

/** A command line, or what is hidden in one. */
export interface Command {
  pid: number;
  command: string;
  text: string;
  /** Set if `text` was found encoded inside the command line. */
  encoded?: string;
}

export interface MemoryHit {
  pid: number;
  command: string;
  /** What was found. */
  string: string;
  /** The match with what stands around it. */
  text: string;
  address: number;
}

/** All that detectors look at: plain data, secrets included, so it must not leave the program. */
export interface Facts {
  report: Report;
  /** Command lines, each followed by what is encoded inside it. */
  commands: Command[];
  /** By pid; under 0 the container's own, which a process may have written over in its memory. */
  environments: Map<number, Record<string, string>>;
  /** The first bytes of files that the container changed, by path. */
  heads: Map<string, Buffer>;
  memoryHits: MemoryHit[];
}

export interface FactsOptions {
  /** Search the memory for the strings of miners; on by default. */
  memory?: boolean;
  /** Told how many bytes of memory were searched so far. */
  onProgress?: (bytes: number) => void;
}

/** Of a longer command line the start and the end are looked at. */
const MAX_COMMAND = 64 * 1024;

/** A process with a thousand hits says no more than one with a few. */
const MAX_HITS = 5;
const MAX_SEEN = 1000;

/** @throws {@link ArchiveError} as {@link readReport} does */
export async function collectFacts(
  checkpoint: Checkpoint,
  options: FactsOptions = {},
): Promise<Facts> {
  const { archive, warnings, processes } = checkpoint;
  const rootfs = await readRootfsChanges(archive, { hashes: false }, warnings);
  const memoryHits =
    options.memory === false
      ? []
      : await findMinerStrings(checkpoint, options.onProgress);
  const report = await readReport(checkpoint, {
    secrets: 'shown',
    sections: { rootfs: false, log: false, dumpLog: false },
  });
  report.rootfs_changes = rootfs?.changes;
  return {
    report,
    commands: processes.flatMap(({ pid, command, title, argv }) =>
      listCommands(pid, command, title ?? argv.join(' ')),
    ),
    environments: new Map([
      [0, checkpoint.spec.environment],
      ...processes.map(p => [p.pid, p.environment ?? {}] as const),
    ]),
    heads: rootfs?.heads ?? new Map(),
    memoryHits,
  };
}

/** A command line and everything that is encoded in it. */
export function listCommands(
  pid: number,
  command: string,
  text: string,
): Command[] {
  const looked =
    text.length > MAX_COMMAND
      ? `${text.slice(0, MAX_COMMAND / 2)} ... ${text.slice(-MAX_COMMAND / 2)}`
      : text;
  return [
    { pid, command, text: looked },
    ...decodeLayers(looked).map(({ encoded, decoded }) => ({
      pid,
      command,
      text: decoded,
      encoded,
    })),
  ];
}

async function findMinerStrings(
  checkpoint: Checkpoint,
  onProgress?: (bytes: number) => void,
): Promise<MemoryHit[]> {
  const hits: MemoryHit[] = [];
  // Processes of a made-up checkpoint may all name the same pages: those are searched once.
  const files = new Set<string>();
  const mask = checkpoint.secretMask;
  let searched = 0;
  for (const { pid, command, ...process } of checkpoint.processes) {
    if (!hasState(process) || process.memory_size === 0) {
      continue;
    }
    const memory = checkpoint.memoryOf(pid);
    if (files.has(memory.file)) {
      continue;
    }
    files.add(memory.file);
    const counts = new Map<string, number>();
    let seen = 0;
    const matches = searchMemory(
      memory,
      { anyOf: minerStrings },
      {
        context: 40,
        redact: bytes => mask.bytes(bytes),
        onProgress: progressFrom(searched, onProgress),
      },
    );
    for await (const { found, text, address } of matches) {
      const count = (counts.get(found) ?? 0) + 1;
      counts.set(found, count);
      if (count <= MAX_HITS) {
        hits.push({ pid, command, string: found, text, address });
      }
      seen += 1;
      if (seen >= MAX_SEEN) {
        break;
      }
    }
    searched += memory.size;
  }
  return hits;
}

function progressFrom(start: number, onProgress?: (bytes: number) => void) {
  return (bytes: number) => onProgress?.(start + bytes);
}
