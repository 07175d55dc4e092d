import { lstatSync } from 'node:fs';
import { Archive, Checkpoint } from '@cubemig/checkpoint';
import { CourierResult } from '@cubemig/plugin-cubemig-common';

type DumpFigures = CourierResult['checkpoints'][number]['dump'];

/** Whose checkpoint an archive says it is, and what it cost. */
export interface ArchiveFacts {
  /** Of the archive, in bytes. */
  size: number;
  podUid?: string;
  podName?: string;
  podNamespace?: string;
  container?: string;
  /** How long CRIU held the container still, in microseconds; undefined if the archive does not tell. */
  frozenMicros?: number;
  /** What else it took, if the archive tells. */
  dump?: DumpFigures;
}

/**
 * Reads of a checkpoint archive what tells whose it is; the memory in it is jumped over. Throws if it is not a sound archive in the
 * form that the kubelet's runtimes write: an uncompressed tar, complete.
 */
export async function inspectArchive(path: string): Promise<ArchiveFacts> {
  if (!lstatSync(path).isFile()) {
    throw new Error('The checkpoint archive is not a file');
  }
  const archive = await Archive.open(path, { limits: { unpackedBytes: 0 } });
  try {
    const checkpoint = new Checkpoint(archive);
    const { annotations } = checkpoint.spec;
    if (archive.warnings.length > 0) {
      throw new Error(`The checkpoint archive is damaged: ${archive.warnings}`);
    }
    return {
      size: archive.size,
      ...identify(annotations),
      frozenMicros: checkpoint.images.stats()?.dump?.frozenTime || undefined,
      dump: readDump(checkpoint),
    };
  } finally {
    archive.close();
  }
}

function readDump({ images }: Checkpoint): DumpFigures {
  const dump = images.stats()?.dump;
  if (!dump) return undefined;
  return {
    freezingMicros: dump.freezingTime,
    memoryDumpMicros: dump.memdumpTime,
    memoryWriteMicros: dump.memwriteTime,
    pagesScanned: Number(dump.pagesScanned),
    pagesWritten: Number(dump.pagesWritten),
  };
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
