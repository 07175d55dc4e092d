import { CONDITION_VALIDATED } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, KubePod, waitFor } from '../../clusters';
import { ProblemError } from '../../failures';
import { isPodReady } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import { patience } from './patience';
import { changeRestoredPod, restoredPod, restoredPodGone } from './restoredPod';
import { strategyOf } from './workloads';

/** Lets the restored pod serve and gives it to the target's workload. */
export async function switchToTarget(run: MigrationRun, source: KubePod) {
  const client = await run.target();
  const { owner } = run.facts;
  await openGate(run, client);
  await strategyOf(owner)!.join(run, source);
  await awaitReady(run, client);
  await run.note(
    `${run.destination.pod} serves on ${client.cluster}${
      owner ? ` in place of a pod of ${owner.kind} ${owner.name}` : ''
    }`,
  );
}

async function openGate(run: MigrationRun, client: ClusterClient) {
  await changeRestoredPod(
    run,
    client,
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
}

async function awaitReady(run: MigrationRun, client: ClusterClient) {
  await waitFor(
    client,
    'Pod',
    restoredPod(run),
    {
      ...patience(run),
      what: `Opening the restored pod ${run.destination.pod} to traffic`,
    },
    ([pod]) => {
      if (pod?.metadata?.uid !== run.destination.uid) {
        throw new ProblemError(restoredPodGone(run.destination.pod));
      }
      return pod && isPodReady(pod) && !pod.metadata?.deletionTimestamp
        ? true
        : undefined;
    },
  );
}
