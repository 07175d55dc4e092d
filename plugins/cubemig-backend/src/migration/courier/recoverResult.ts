import {
  CheckpointTask,
  checkpointTag,
  CourierResult,
  reportTag,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/** Annotations with which the courier marks what it pushes. */
const ARCHIVE_BYTES = 'cubemig.io/archive-bytes';
const FROZEN_MICROS = 'cubemig.io/frozen-micros';

/**
 * The result of a courier that is gone, from what it has pushed. The tags are the migration's own, so what they stand for was taken
 * by this very courier.
 *
 * @throws ProblemError if it had not pushed everything: asking the kubelet again would silently take a later state
 */
export async function recoverResult(
  run: MigrationRun,
  request: CheckpointTask,
): Promise<CourierResult> {
  const { migration, containers, volumes = [] } = request;
  const { repository } = request.registry;
  const find = async (tag: string) => {
    const found = await run.registry.resolveTag(repository, tag, {
      signal: run.signal,
    });
    if (!found) throw lost(run);
    return { ...found, bytes: found.manifest.layers[0]?.size ?? 0 };
  };
  const result: CourierResult = {
    version: 1,
    migration,
    checkpoints: await Promise.all(
      containers.map(async container => {
        const image = await find(checkpointTag(migration, container));
        const report = request.report
          ? await find(reportTag(migration, container))
          : undefined;
        const told = image.manifest.annotations ?? {};
        return {
          container,
          digest: image.digest,
          archiveBytes: Number(told[ARCHIVE_BYTES]) || image.bytes,
          layerBytes: image.bytes,
          frozenMicros: Number(told[FROZEN_MICROS]) || undefined,
          report: report && { digest: report.digest, bytes: report.bytes },
        };
      }),
    ),
    volumes: await Promise.all(
      volumes.map(async ({ name }) => {
        const { digest, bytes } = await find(volumeTag(migration, name));
        return { name, digest, bytes };
      }),
    ),
  };
  await run.note(
    'The courier is gone, but all that it was to bring is in the registry',
    'warning',
  );
  return result;
}

function lost({ migration }: MigrationRun) {
  const { node, cluster } = migration.source;
  return new ProblemError({
    code: 'courier-lost',
    message: `The courier on ${node} of ${cluster} vanished before it had brought everything to the registry.`,
    remedy:
      'Look who deletes Jobs or pods of its namespace, and whether the node is well; then try again. A second checkpoint is never taken by itself, because it would be of a later state.',
  });
}
