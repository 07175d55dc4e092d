import {
  CheckpointTask,
  checkpointTag,
  CourierResult,
  reportTag,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { MigrationRun } from '../MigrationRun';

/** Annotations with which the courier marks what it pushes. */
const ARCHIVE_BYTES = 'cubemig.io/archive-bytes';
const FROZEN_MICROS = 'cubemig.io/frozen-micros';

type Checkpoint = CourierResult['checkpoints'][number];

/**
 * Adds to a result what it does not tell although it was pushed: a termination message has 4096 bytes, and those of 15 containers take more. The
 * tags are the migration's own, so what they stand for was taken by this very courier. What has no tag either stays out.
 */
export async function completeResult(
  run: MigrationRun,
  request: CheckpointTask,
  result: CourierResult,
): Promise<CourierResult> {
  const { migration, containers, volumes = [] } = request;
  const { repository } = request.registry;
  const find = async (tag: string) => {
    const found = await run.registry.resolveTag(repository, tag, {
      signal: run.signal,
    });
    return found && { ...found, bytes: found.manifest.layers[0]?.size ?? 0 };
  };

  const findCheckpoint = async (
    container: string,
  ): Promise<Checkpoint | undefined> => {
    const image = await find(checkpointTag(migration, container));
    if (!image) return undefined;
    const told = image.manifest.annotations ?? {};
    return {
      container,
      digest: image.digest,
      archiveBytes: Number(told[ARCHIVE_BYTES]) || image.bytes,
      layerBytes: image.bytes,
      frozenMicros: Number(told[FROZEN_MICROS]) || undefined,
    };
  };

  const addReport = async (checkpoint: Checkpoint): Promise<Checkpoint> => {
    const { container, report, reportProblem } = checkpoint;
    if (!request.report || report || reportProblem) return checkpoint;
    const found = await find(reportTag(migration, container));
    return found
      ? { ...checkpoint, report: { digest: found.digest, bytes: found.bytes } }
      : checkpoint;
  };

  const completed = await Promise.all(
    containers.map(async container => {
      const checkpoint =
        result.checkpoints.find(told => told.container === container) ??
        (await findCheckpoint(container));
      return checkpoint && addReport(checkpoint);
    }),
  );
  const packed = await Promise.all(
    volumes.map(async ({ name }) => {
      const told = result.volumes?.find(volume => volume.name === name);
      if (told) return told;
      const found = await find(volumeTag(migration, name));
      return found && { name, digest: found.digest, bytes: found.bytes };
    }),
  );
  return {
    ...result,
    checkpoints: completed.filter(checkpoint => checkpoint !== undefined),
    volumes: packed.filter(volume => volume !== undefined),
  };
}
