import { CheckpointTask, CourierResult } from '@cubemig/plugin-cubemig-common';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';
import { completeResult } from './completeResult';

/**
 * The result of a courier that is gone, from what it has pushed.
 *
 * @throws ProblemError if it had not pushed everything: asking the kubelet again would silently take a later state
 */
export async function recoverResult(
  run: MigrationRun,
  request: CheckpointTask,
): Promise<CourierResult> {
  const result = await completeResult(run, request, {
    version: 1,
    migration: request.migration,
    checkpoints: [],
  });
  if (!hasAll(request, result)) throw lost(run);
  await run.note(
    'The courier is gone, but all that it was to bring is in the registry',
    'warning',
  );
  return result;
}

function hasAll(
  { containers, volumes = [], report }: CheckpointTask,
  result: CourierResult,
): boolean {
  return (
    result.checkpoints.length === containers.length &&
    result.volumes?.length === volumes.length &&
    (!report || result.checkpoints.every(found => found.report))
  );
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
