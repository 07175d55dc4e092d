import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CheckpointTask, courierPaths } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { NodeFiles } from '../NodeFiles';

const PREFIX = '.cubemig-';
const SUFFIX = '.json';
const MAX_BYTES = 16 * 1024;

const markSchema = z.object({
  version: z.literal(1),
  migration: z.string().max(64),
  namespace: z.string().max(63),
  pod: z.string().max(253),
  podUid: z.string().max(64),
  container: z.string().max(63),
  /** When the kubelet was asked, and by when it has given up; milliseconds since 1970, by the node's clock. */
  askedAt: z.number(),
  doneBy: z.number(),
  /** The archive's name, once the kubelet has told it. */
  archive: z.string().max(1024).optional(),
  isHeld: z.boolean(),
});

/** What a courier notes of an archive that it has the kubelet make. */
export type ArchiveMark = z.infer<typeof markSchema>;

/** The kubelet may write for so much longer than it was given, in milliseconds. */
const MARGIN_MS = 60_000;

/**
 * Notes beside the kubelet's checkpoints, of which of them are couriers' own: a note is there before an archive can be, and goes after it.
 * So what a courier that died has left can be told from what somebody else put there.
 */
export class ArchiveMarks {
  private readonly folder: string;

  constructor(files: NodeFiles) {
    this.folder = files.locate(courierPaths.checkpoints);
  }

  /** Notes that an archive is about to be asked for. */
  async begin(task: CheckpointTask, container: string): Promise<ArchiveMark> {
    const askedAt = Date.now();
    const mark: ArchiveMark = {
      version: 1,
      migration: task.migration,
      namespace: task.pod.namespace,
      pod: task.pod.name,
      podUid: task.pod.uid,
      container,
      askedAt,
      doneBy: askedAt + task.kubelet.timeoutSeconds * 1000 + MARGIN_MS,
      isHeld: task.hold === true,
    };
    await this.write(mark);
    return mark;
  }

  /** Notes which archive it became. */
  async name(mark: ArchiveMark, path: string): Promise<void> {
    mark.archive = basename(path);
    await this.write(mark);
  }

  async remove(mark: ArchiveMark): Promise<void> {
    await unlink(this.locate(mark));
  }

  /** All that can be read; of what cannot, nothing is known. */
  async list(): Promise<ArchiveMark[]> {
    const names = await readdir(this.folder);
    const marks = await Promise.all(
      names
        .filter(name => name.startsWith(PREFIX) && name.endsWith(SUFFIX))
        .map(name => readMark(join(this.folder, name))),
    );
    return marks.filter(mark => mark !== undefined);
  }

  private async write(mark: ArchiveMark): Promise<void> {
    // A courier that dies here leaves the note as it was.
    const path = this.locate(mark);
    await writeFile(`${path}.new`, JSON.stringify(mark), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  private locate({ migration, container }: ArchiveMark): string {
    return join(this.folder, `${PREFIX}${migration}-${container}${SUFFIX}`);
  }
}

async function readMark(path: string): Promise<ArchiveMark | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const isSane = text.length <= MAX_BYTES;
    return isSane ? markSchema.parse(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}
