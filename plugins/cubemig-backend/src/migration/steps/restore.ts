import { ClusterClient, DeadlineError, KubePod, waitFor } from '../../clusters';
import { ProblemError } from '../../failures';
import { hasCondition } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import { buildRestoredPod } from '../objects';
import { Step } from '../Step';
import { explainPod, lastingReasons } from './podTrouble';
import { containerStarts, readSourcePod } from './sourcePod';

/** Makes the pod that continues the source's processes, closed to traffic, and waits until its containers are ready. */
export const restore: Step = {
  name: 'restore',

  async run(run) {
    const { id, source, checkpoints } = run.migration;
    const target = run.destination;
    const client = await run.target();
    const pod = buildRestoredPod(await readSourcePod(run), {
      migration: id,
      sourceCluster: source.cluster,
      node: target.node!,
      images: Object.fromEntries(
        checkpoints.map(({ container, image }) => [container, image]),
      ),
      pullSecrets: run.config.registry.pullSecrets,
    });
    const made = await run.make(client, 'Pod', pod);
    await run.save({ target: { ...target, uid: made.metadata!.uid } });
    await run.note(`Restoring ${target.pod} on ${target.node}`);

    const restored = await awaitContainers(run, client);
    await run.save({}, { targetStarts: containerStarts(restored) });
    await run.note(`All containers of ${target.pod} are ready`);
  },
};

async function awaitContainers(run: MigrationRun, client: ClusterClient) {
  const { namespace, pod: name, uid } = run.destination;
  let last: KubePod | undefined;
  const pod = await waitFor(
    client,
    'Pod',
    { namespace, name },
    {
      timeoutMs: run.config.migration.timeouts.restoreSeconds * 1000,
      signal: run.signal,
      what: `Restoring ${name}`,
    },
    ([found]) => {
      if (!found) throw new ProblemError(restoredPodGone(name));
      if (found.metadata?.uid !== uid) return undefined;
      last = found;
      return hasCondition(found, 'ContainersReady') || isBroken(found)
        ? found
        : undefined;
    },
  ).catch(async error => {
    if (error instanceof DeadlineError && last)
      throw await explainPod(client, last);
    throw error;
  });
  if (isBroken(pod)) throw await explainPod(client, pod);
  return pod;
}

/** A container that cannot be restored, or whose process ended right after, does not come back: the pod is never restarted. */
export function isBroken(pod: KubePod): boolean {
  return (
    ['Failed', 'Succeeded'].includes(pod.status?.phase ?? '') ||
    Boolean(pod.metadata?.deletionTimestamp) ||
    lastingReasons(pod).length > 0 ||
    (pod.status?.containerStatuses ?? []).some(c => c.state?.terminated)
  );
}

export function restoredPodGone(name: string) {
  return {
    code: 'restored-pod-gone',
    message: `The restored pod '${name}' was deleted by somebody else.`,
    remedy:
      'Look for a controller or operator in the target that removes pods which it does not own, then migrate again.',
  };
}
