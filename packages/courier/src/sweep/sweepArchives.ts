import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { courierPaths, SweepTask } from '@cubemig/plugin-cubemig-common';
import { ArchiveMark, ArchiveMarks } from '../checkpoint/ArchiveMarks';
import { inspectArchive } from '../checkpoint/inspectArchive';
import { isCheckpointName } from '../kubelet/checkpointPath';
import { RecordLog } from '../output/RecordLog';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';

/** A clock's second may have begun before the kubelet was asked. */
const CLOCK_MS = 2000;

/** The task `sweep`: removes archives that a courier has noted as its own and, dead as it is, will not remove any more. */
export async function sweepArchives(
  { olderThanSeconds }: SweepTask,
  { files, writeLine, stop }: Surroundings,
): Promise<Outcome> {
  const folder = files.locate(courierPaths.checkpoints);
  const marks = new ArchiveMarks(files);
  const log = new RecordLog(writeLine);
  const latest = Date.now() - olderThanSeconds * 1000;
  for (const mark of await marks.list()) {
    stop.throwIfAborted();
    // By then whoever made the note has given up, or is at the push.
    const isOld = mark.askedAt < latest && mark.doneBy < Date.now();
    if (isOld && !mark.isHeld) {
      const names = await archivesOf(mark, folder);
      // Somebody else may have checkpointed the same container in the same minute. Then nothing is proven.
      if (names.length < 2) {
        for (const name of names) {
          const { size } = await lstat(join(folder, name));
          await unlink(join(folder, name));
          const { migration, container } = mark;
          log.write({ type: 'swept', name, bytes: size, migration, container });
        }
        await marks.remove(mark);
      }
    }
  }
  return { records: log.summary };
}

/** The archive that a note names; where its courier died before it knew, those that it can only have meant. */
async function archivesOf(
  mark: ArchiveMark,
  folder: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const isMeant = mark.archive
      ? name === mark.archive
      : name.startsWith(
          `checkpoint-${mark.pod}_${mark.namespace}-${mark.container}-`,
        );
    if (isMeant && isCheckpointName(name)) {
      const stats = await lstat(join(folder, name));
      const isOfThen =
        stats.mtimeMs >= mark.askedAt - CLOCK_MS &&
        stats.mtimeMs <= mark.doneBy;
      const isOurs =
        mark.archive !== undefined ||
        (isOfThen && (await isOfContainer(join(folder, name), mark)));
      if (stats.isFile() && isOurs) found.push(name);
    }
  }
  return found;
}

async function isOfContainer(
  path: string,
  mark: ArchiveMark,
): Promise<boolean> {
  try {
    const facts = await inspectArchive(path);
    return facts.podUid === mark.podUid && facts.container === mark.container;
  } catch {
    // A part of an archive, or something else: it does not say whose it is.
    return false;
  }
}
