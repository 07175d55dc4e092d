import { CONDITION_VALIDATED } from '@cubemig/plugin-cubemig-common';
import {
  amend,
  ClusterClient,
  DeadlineError,
  KubePod,
  waitFor,
} from '../../clusters';
import { ProblemError } from '../../failures';
import { isPodReady } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import { CutOverPlan } from '../objects';
import { readCutOverPlan } from './checkTarget';
import { scaleOnce } from './replicas';
import { restoredPodGone } from './restore';

/**
 * Lets the restored pod serve and gives it to the target's workload.
 *
 * The order matters, and each variant was tried on real clusters: a ReplicaSet deletes a pod that matches it before it wants one
 * more, and of too many pods it deletes those first that are not ready.
 */
export async function switchToTarget(run: MigrationRun, source: KubePod) {
  const client = await run.target();
  // Planned once: what this migration made on the way would look like somebody else's to a later look.
  const plan = run.facts.cutOver ?? (await readCutOverPlan(run, source));
  await run.save({}, { cutOver: plan });
  await openGate(run, client);
  if (plan.kind === 'join') await joinDeployment(run, client, plan);
  if (plan.kind === 'create') await createDeployment(run, client, plan);
  await awaitReady(run, client);
  await run.note(
    `${run.destination.pod} serves on ${client.cluster}${
      plan.kind === 'bare'
        ? ''
        : `, owned by Deployment ${run.facts.owner!.name}`
    }`,
  );
}

async function openGate(run: MigrationRun, client: ClusterClient) {
  const opened = await amend(
    client,
    'Pod',
    restoredPod(run),
    ({ status }) => ({
      status: {
        conditions: [
          ...(status?.conditions ?? []).filter(
            ({ type }) => type !== CONDITION_VALIDATED,
          ),
          {
            type: CONDITION_VALIDATED,
            status: 'True',
            reason: 'Validated',
            lastTransitionTime: new Date().toISOString(),
          },
        ],
      },
    }),
    { subresource: 'status' },
  );
  if (!opened) throw gone(run);
}

async function joinDeployment(
  run: MigrationRun,
  client: ClusterClient,
  plan: Extract<CutOverPlan, { kind: 'join' }>,
) {
  const { namespace } = run.destination;
  const replicas = await scaleOnce(run, client, namespace, plan.deployment, 1);
  await waitFor(
    client,
    'ReplicaSet',
    { namespace, name: plan.replicaSet },
    { ...patience(run), what: `Scaling Deployment ${plan.deployment}` },
    ([replicaSet]) =>
      (replicaSet?.spec?.replicas ?? 0) >= replicas ? true : undefined,
  );
  await addHash(run, client, plan.hash);
  await awaitAdoption(run, client, plan.replicaSet);
  await awaitNoExtra(run, client, plan.replicaSet);
}

async function createDeployment(
  run: MigrationRun,
  client: ClusterClient,
  plan: Extract<CutOverPlan, { kind: 'create' }>,
) {
  const { namespace } = run.destination;
  await addHash(run, client, plan.hash);
  await run.make(client, 'ReplicaSet', plan.replicaSet);
  const { name } = plan.replicaSet.metadata!;
  await awaitAdoption(run, client, name!);
  const deployment = await run.make(client, 'Deployment', plan.deployment);
  await waitFor(
    client,
    'ReplicaSet',
    { namespace, name },
    {
      ...patience(run),
      what: `Creating Deployment ${deployment.metadata!.name}`,
    },
    ([replicaSet]) =>
      replicaSet?.metadata?.ownerReferences?.some(
        ({ uid }) => uid === deployment.metadata!.uid,
      ) || undefined,
  );
}

/** With this label the restored pod matches the ReplicaSet, which then adopts it. */
async function addHash(run: MigrationRun, client: ClusterClient, hash: string) {
  const labelled = await amend(client, 'Pod', restoredPod(run), () => ({
    metadata: { labels: { 'pod-template-hash': hash } },
  }));
  if (!labelled) throw gone(run);
}

async function awaitAdoption(
  run: MigrationRun,
  client: ClusterClient,
  replicaSet: string,
) {
  await waitFor(
    client,
    'Pod',
    restoredPod(run),
    { ...patience(run), what: `Adoption by ReplicaSet ${replicaSet}` },
    ([pod]) => {
      if (pod?.metadata?.uid !== run.destination.uid) throw gone(run);
      return pod?.metadata?.ownerReferences?.some(
        owner => owner.controller && owner.name === replicaSet,
      )
        ? true
        : undefined;
    },
  );
}

/** Until the fresh pod that was started to make room has gone again. If it stays, that does no harm. */
async function awaitNoExtra(
  run: MigrationRun,
  client: ClusterClient,
  replicaSet: string,
) {
  try {
    await waitFor(
      client,
      'ReplicaSet',
      { namespace: run.destination.namespace, name: replicaSet },
      { ...patience(run), what: 'Removing the extra replica' },
      ([found]) =>
        (found?.status?.replicas ?? 0) <= (found?.spec?.replicas ?? 1) ||
        undefined,
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    await run.warn(
      `${error.message}: ReplicaSet ${replicaSet} has more pods than it wants.`,
    );
  }
}

async function awaitReady(run: MigrationRun, client: ClusterClient) {
  await waitFor(
    client,
    'Pod',
    restoredPod(run),
    { ...patience(run), what: 'Opening the restored pod to traffic' },
    ([pod]) => {
      if (pod?.metadata?.uid !== run.destination.uid) throw gone(run);
      return pod && isPodReady(pod) && !pod.metadata?.deletionTimestamp
        ? true
        : undefined;
    },
  );
}

function restoredPod(run: MigrationRun) {
  const { namespace, pod, uid } = run.destination;
  return { namespace, name: pod, uid };
}

function gone(run: MigrationRun) {
  return new ProblemError(restoredPodGone(run.destination.pod));
}

function patience(run: MigrationRun) {
  const { cutOverSeconds } = run.config.migration.timeouts;
  return { timeoutMs: cutOverSeconds * 1000, signal: run.signal };
}
