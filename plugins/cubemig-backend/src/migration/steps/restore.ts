import { ClusterClient, DeadlineError, KubePod, waitFor } from '../../clusters';
import { ProblemError } from '../../failures';
import { hasCondition } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import {
  assembleRestoredPod,
  checkpointRepository,
  travellersOf,
} from '../objects';
import { Step } from '../Step';
import { copyReferences } from './copyReferences';
import { explainLateness, explainPod, lastingReasons } from './podTrouble';
import { restoredPodGone } from './restoredPod';
import { containerStarts } from './sourcePod';
import { withheldLabels } from './workloads';

/** Makes the pod that continues the source's processes, closed to traffic, and waits until its containers are ready. */
export const restore: Step = {
  name: 'restore',

  async run(run) {
    const target = run.destination;
    const client = await run.target();
    const { pod, companions } = await assemble(run, client);
    await copyReferences(run, client);
    for (const { kind, object } of companions) {
      await run.make(client, kind, object);
    }
    const made = await run.make(client, 'Pod', pod);
    await run.save({ target: { ...target, uid: made.metadata!.uid } });
    await run.note(`Restoring ${target.pod} on ${target.node}`);

    const restored = await awaitContainers(run, client);
    await run.save({}, { targetStarts: containerStarts(restored) });
    await run.note(`All containers of ${target.pod} are ready`);
  },
};

async function assemble(run: MigrationRun, client: ClusterClient) {
  const { id, order, checkpoints } = run.migration;
  const { owner, workload, pod, volumes = [] } = run.facts;
  const { namespace, node } = run.destination;
  const travellers = travellersOf(order, pod!);
  return assembleRestoredPod({
    migration: id,
    order,
    config: run.config,
    source: pod!,
    node,
    images: Object.fromEntries(
      checkpoints
        .filter(({ container }) => travellers.includes(container))
        .map(({ container, image }) => [container, image]),
    ),
    repository: checkpointRepository(run.config.registry.prefix, {
      cluster: order.sourceCluster,
      namespace: order.namespace,
      workload: owner?.name ?? order.pod,
    }),
    volumes: volumes.map(({ name, digest }) => ({ name, digest })),
    withheldLabels: withheldLabels(order, owner, workload),
    space: await client.get('Namespace', { name: namespace }),
  });
}

async function awaitContainers(run: MigrationRun, client: ClusterClient) {
  const { namespace, pod: name, uid } = run.destination;
  let last: KubePod | undefined;
  const pod = await waitFor(
    client,
    'Pod',
    { namespace, name },
    {
      timeoutMs: run.config.migration.timeouts.restoreSeconds * 1000,
      setting: 'cubemig.migration.timeouts.restoreSeconds',
      signal: run.signal,
      what: `Restoring the pod ${namespace}/${name}`,
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
      throw await explainLateness(client, last, error);
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
