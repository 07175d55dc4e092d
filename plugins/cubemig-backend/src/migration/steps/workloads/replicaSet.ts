import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { KubeReplicaSet } from '../../../clusters';
import { ProblemError } from '../../../failures';
import { requireSelected } from '../../objects';
import type { TargetContext } from '../../plan';
import { scaleOnce, workloadIn } from '../replicas';
import { creation, scaling } from './actions';
import { addLabels, awaitAdoption, awaitNoExtra, awaitRoom } from './adoption';
import { findingOf } from './findingOf';
import { replicaByReplica } from './replicaByReplica';
import { pickLabels, selectorKeys } from './selectorLabels';
import { WorkloadStrategy } from './WorkloadStrategy';

/**
 * The pod of a ReplicaSet that nobody owns. Its selector has no hash that would tell its pods from others, so the restored pod goes without
 * the labels until there is room for it: a ReplicaSet deletes a pod too many, and those first that are not ready.
 */
export const replicaSet: WorkloadStrategy = {
  ...replicaByReplica,

  inspect(context) {
    return findingOf(context, () => targetOf(context));
  },

  plan(context, migration) {
    const { source } = context.inventory;
    const { name } = source.owner!;
    const { namespace, cluster } = context.place;
    const existing = targetOf(context);
    return [
      existing
        ? scaling(cluster, { kind: 'ReplicaSet', namespace, name, by: 1 })
        : creation(
            cluster,
            'ReplicaSet',
            buildReplicaSet(
              source.workload as KubeReplicaSet,
              namespace,
              migration,
            ),
          ),
      scaling(source.cluster, {
        kind: 'ReplicaSet',
        namespace: context.order.namespace,
        name,
        by: -1,
      }),
    ];
  },

  withhold: selectorKeys,

  async join(run, source) {
    const client = await run.target();
    const { name, namespace } = workloadIn(run, 'target');
    const workload = run.facts.workload as KubeReplicaSet;
    const found = await client.get('ReplicaSet', { namespace, name });
    const isOwn =
      found?.metadata?.labels?.[LABEL_MIGRATION] === run.migration.id;
    const labels = pickLabels(source, selectorKeys(workload));
    if (found && !isOwn) {
      requireSelected('ReplicaSet', name, found.spec!.selector, source);
      const replicas = await scaleOnce(
        run,
        client,
        workloadIn(run, 'target'),
        1,
      );
      await awaitRoom(run, client, name, replicas);
    }
    await addLabels(run, client, labels);
    if (!found || isOwn) {
      await run.make(
        client,
        'ReplicaSet',
        buildReplicaSet(workload, namespace, run.migration.id),
      );
    }
    await awaitAdoption(run, client, { kind: 'ReplicaSet', name });
    await awaitNoExtra(run, client, name);
  },
};

function targetOf({ inventory, target, pod }: TargetContext) {
  const { owner, workload } = inventory.source;
  if (!workload) {
    throw new ProblemError({
      code: 'replicaset-gone',
      message: `The pod's ReplicaSet '${owner!.name}' is being deleted.`,
      remedy: 'Let it end, or create it again.',
    });
  }
  if (target.workload && !target.workload.isReadable) {
    throw new ProblemError(target.workload.problem);
  }
  const existing = target.workload?.value as KubeReplicaSet | undefined;
  if (existing) {
    requireSelected('ReplicaSet', owner!.name, existing.spec!.selector, pod);
  }
  return existing;
}

/** The source's ReplicaSet as the target gets it: it wants just the one pod that it finds. */
function buildReplicaSet(
  { metadata, spec }: KubeReplicaSet,
  namespace: string,
  migration: string,
): KubeReplicaSet {
  return {
    metadata: {
      name: metadata!.name,
      namespace,
      labels: { ...metadata!.labels, [LABEL_MIGRATION]: migration },
    },
    spec: { ...spec!, replicas: 1 },
  };
}
