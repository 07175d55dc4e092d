import { amend, ClusterClient, KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/** Names the restored pod: that very one. */
export function restoredPod(run: MigrationRun) {
  const { namespace, pod, uid } = run.destination;
  return { namespace, name: pod, uid };
}

/** @throws ProblemError if the restored pod is gone */
export async function changeRestoredPod(
  run: MigrationRun,
  client: ClusterClient,
  change: (pod: KubePod) => object | undefined,
  options: { subresource?: 'status' } = {},
) {
  const changed = await amend(client, 'Pod', restoredPod(run), change, options);
  if (!changed) throw new ProblemError(restoredPodGone(run.destination.pod));
}

export function restoredPodGone(name: string) {
  return {
    code: 'restored-pod-gone',
    message: `The restored pod '${name}' was deleted by somebody else.`,
    remedy:
      'Look for a controller or operator in the target that removes pods which it does not own, then migrate again.',
  };
}
