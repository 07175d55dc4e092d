import { constants } from 'node:fs';
import { FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { readFrozenTime } from './frozenTime';
import { ArchiveEntry, listEntries } from './listEntries';

/** Whose checkpoint an archive says it is, and what it cost. */
export interface ArchiveFacts {
  /** Of the archive, in bytes. */
  size: number;
  podUid?: string;
  podName?: string;
  podNamespace?: string;
  container?: string;
  /** How long CRIU held the container still, in microseconds. */
  frozenMicros?: number;
}

const MAX_SPEC_BYTES = 8 * 1024 * 1024;
const MAX_STATS_BYTES = 64 * 1024;

const specSchema = z.object({
  annotations: z.record(z.string(), z.string()).default({}),
});

/** Reads of a checkpoint archive what tells whose it is. Throws if it is not a sound archive. */
export async function inspectArchive(path: string): Promise<ArchiveFacts> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) {
      throw new Error('The checkpoint archive is not a file');
    }
    let annotations: Record<string, string> | undefined;
    let frozenMicros: number | undefined;
    for await (const entry of listEntries(file)) {
      if (entry.name === 'spec.dump') {
        // Two of them could say different things to us and to the runtime that restores.
        if (annotations) throw new Error('The archive has two spec.dump');
        annotations = readAnnotations(
          await readContent(file, entry, MAX_SPEC_BYTES),
        );
      } else if (entry.name === 'stats-dump') {
        frozenMicros = readFrozenTime(
          await readContent(file, entry, MAX_STATS_BYTES),
        );
      }
    }
    if (!annotations) {
      throw new Error('The archive has no spec.dump: is it a checkpoint?');
    }
    return { size: stat.size, ...identify(annotations), frozenMicros };
  } finally {
    await file.close();
  }
}

async function readContent(
  file: FileHandle,
  entry: ArchiveEntry,
  maxBytes: number,
): Promise<Buffer> {
  if (entry.size > maxBytes) {
    throw new Error(`${entry.name} in the archive is longer than it can be`);
  }
  const content = Buffer.alloc(entry.size);
  await file.read(content, 0, entry.size, entry.offset);
  return content;
}

function readAnnotations(content: Buffer): Record<string, string> {
  try {
    return specSchema.parse(JSON.parse(content.toString('utf8'))).annotations;
  } catch {
    throw new Error('spec.dump in the archive is not an OCI runtime spec');
  }
}

/** CRI-O and containerd name the same things differently. */
function identify(annotations: Record<string, string>) {
  const pick = (crio: string, containerd: string) =>
    annotations[crio] ?? annotations[containerd];
  return {
    podUid: pick('io.kubernetes.pod.uid', 'io.kubernetes.cri.sandbox-uid'),
    podName: pick('io.kubernetes.pod.name', 'io.kubernetes.cri.sandbox-name'),
    podNamespace: pick(
      'io.kubernetes.pod.namespace',
      'io.kubernetes.cri.sandbox-namespace',
    ),
    container: pick(
      'io.kubernetes.container.name',
      'io.kubernetes.cri.container-name',
    ),
  };
}
