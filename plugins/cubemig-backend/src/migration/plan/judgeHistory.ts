import { Migration, Problem } from '@cubemig/plugin-cubemig-common';
import { signatures } from '../../failures/signatures';

/** Failures that say of a node that no checkpoints are taken there, whatever the pod. */
const OF_NODES = [
  'kubelet-unreachable',
  'checkpoint-forbidden',
  'checkpoint-api-off',
  'checkpoint-support-off',
  'criu-missing',
  'runtime-too-old',
];

/**
 * What the newest migration from a node says against checkpoints there. Kubernetes itself does not tell whether a node has CRIU: that some
 * were taken, or could not be, is all the evidence there is. No more is told of whose pod it was.
 *
 * @param migrations - newest first
 */
export function judgeHistory(
  migrations: Migration[],
  { cluster, node }: { cluster: string; node: string },
): Problem | undefined {
  const telling = migrations.find(
    ({ source, checkpoints, failure }) =>
      source.cluster === cluster &&
      source.node === node &&
      (checkpoints.length > 0 || OF_NODES.includes(failure?.code ?? '')),
  );
  if (!telling || telling.checkpoints.length > 0) return undefined;
  const known = signatures.find(({ code }) => code === telling.failure!.code)!;
  return {
    code: 'checkpoints-failed-here',
    message: `The newest checkpoint that was tried on node '${node}' of '${cluster}' failed. ${known.message}`,
    remedy: known.remedy,
  };
}
