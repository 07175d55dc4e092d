import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import {
  ClusterClient,
  KubeDeployment,
  KubePod,
  waitFor,
} from '../../../clusters';
import { ProblemError } from '../../../failures';
import { MigrationRun } from '../../MigrationRun';
import { CutOverPlan, planCutOver } from '../../objects';
import type { TargetContext } from '../../plan';
import { valueOf } from '../../plan/Reading';
import { patience } from '../patience';
import { scaleOnce, workloadIn } from '../replicas';
import { addLabels, awaitAdoption, awaitNoExtra, awaitRoom } from './adoption';
import { creation, scaling } from './actions';
import { findingOf } from './findingOf';
import { replicaByReplica } from './replicaByReplica';
import { WorkloadStrategy } from './WorkloadStrategy';

/**
 * A Deployment's pod. The order in which the target's comes to the pod matters, and each variant was tried on real clusters: a ReplicaSet
 * deletes a pod that matches it before it wants one more, and of too many pods it deletes those first that are not ready.
 */
export const deployment: WorkloadStrategy = {
  ...replicaByReplica,

  inspect(context) {
    return findingOf(context, () => planOf(context, ''));
  },

  plan(context, migration): PlannedAction[] {
    const { source, target } = context.inventory;
    const found = planOf(context, migration);
    const { namespace } = context.place;
    const name = source.owner!.name;
    const release = scaling(source.cluster, {
      kind: 'Deployment',
      namespace: context.order.namespace,
      name,
      by: -1,
    });
    return found.kind === 'join'
      ? [
          scaling(target!.cluster, {
            kind: 'Deployment',
            namespace,
            name,
            by: 1,
          }),
          release,
        ]
      : [
          creation(target!.cluster, 'ReplicaSet', found.replicaSet),
          creation(target!.cluster, 'Deployment', found.deployment),
          release,
        ];
  },

  async join(run, source) {
    const client = await run.target();
    // Planned once: what this migration made on the way would look like somebody else's to a later look.
    const found = run.facts.cutOver ?? (await readPlan(run, source));
    await run.save({}, { cutOver: found });
    if (found.kind === 'join') await joinExisting(run, client, found);
    else await create(run, client, found);
  },
};

function planOf({ inventory, place, pod, target }: TargetContext, id: string) {
  const { workload, owner } = inventory.source;
  if (!workload) throw gone(owner!.name);
  for (const reading of [target.workload, target.replicaSets]) {
    if (reading?.isReadable === false) throw new ProblemError(reading.problem);
  }
  return planCutOver(
    id,
    { pod, deployment: workload as KubeDeployment },
    {
      namespace: place.namespace,
      deployment: valueOf(target.workload) as KubeDeployment | undefined,
      replicaSets: valueOf(target.replicaSets) ?? [],
    },
  );
}

/** The target may have changed since preflight. */
async function readPlan(run: MigrationRun, pod: KubePod): Promise<CutOverPlan> {
  const { workload, owner } = run.facts;
  const { namespace } = run.destination;
  const target = await run.target();
  if (!workload) throw gone(owner!.name);
  return planCutOver(
    run.migration.id,
    { pod, deployment: workload as KubeDeployment },
    {
      namespace,
      deployment: await target.get('Deployment', {
        namespace,
        name: owner!.name,
      }),
      replicaSets: await target.list('ReplicaSet', { namespace }),
    },
  );
}

async function joinExisting(
  run: MigrationRun,
  client: ClusterClient,
  { replicaSet, hash }: Extract<CutOverPlan, { kind: 'join' }>,
) {
  const scaled = workloadIn(run, 'target');
  const replicas = await scaleOnce(run, client, scaled, 1);
  await awaitRoom(run, client, replicaSet, replicas);
  await addLabels(run, client, { 'pod-template-hash': hash });
  await awaitAdoption(run, client, { kind: 'ReplicaSet', name: replicaSet });
  await awaitNoExtra(run, client, replicaSet);
}

async function create(
  run: MigrationRun,
  client: ClusterClient,
  plan: Extract<CutOverPlan, { kind: 'create' }>,
) {
  const { namespace } = run.destination;
  await addLabels(run, client, { 'pod-template-hash': plan.hash });
  await run.make(client, 'ReplicaSet', plan.replicaSet);
  const name = plan.replicaSet.metadata!.name!;
  await awaitAdoption(run, client, { kind: 'ReplicaSet', name });
  const made = await run.make(client, 'Deployment', plan.deployment);
  await waitFor(
    client,
    'ReplicaSet',
    { namespace, name },
    { ...patience(run), what: `Creating Deployment ${made.metadata!.name}` },
    ([replicaSet]) =>
      replicaSet?.metadata?.ownerReferences?.some(
        ({ uid }) => uid === made.metadata!.uid,
      ) || undefined,
  );
}

function gone(name: string) {
  return new ProblemError({
    code: 'deployment-gone',
    message: `The pod's Deployment '${name}' is being deleted.`,
    remedy: 'Let it end, or create the Deployment again.',
  });
}
