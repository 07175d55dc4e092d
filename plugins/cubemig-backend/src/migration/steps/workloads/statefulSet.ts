import {
  amend,
  ClusterClient,
  KubeStatefulSet,
  waitFor,
} from '../../../clusters';
import { MigrationRun } from '../../MigrationRun';
import {
  buildStatefulSet,
  makeRoomIn,
  ON_DELETE,
  ordinalOf,
  planSetJoin,
  rangeOf,
  SetJoin,
  shrinkRange,
  specOfRange,
} from '../../objects';
import { patience } from '../patience';
import {
  forgetScalings,
  resizeOnce,
  takeBackSize,
  workloadIn,
} from '../replicas';
import { creation, scaling } from './actions';
import { addLabels, awaitAdoption, awaitSeen } from './adoption';
import { CannotReleaseError } from './CannotReleaseError';
import { inspectStatefulSet, joinOf } from './inspectStatefulSet';
import { pickLabels, selectorKeys } from './selectorLabels';
import { WorkloadStrategy } from './WorkloadStrategy';

const REVISION = 'controller-revision-hash';

/**
 * The pod of a StatefulSet. Of all ways that were tried on real clusters one alone keeps the state: the StatefulSet adopts the restored pod while
 * it updates by `OnDelete`, the pod gets the revision's label, and only then the update strategy is what it was. Under RollingUpdate, or where
 * the pod's ordinal is not one of the set's, the pod is replaced or deleted. So it matches the set only when there is room for its ordinal; the
 * set itself cannot fill that meanwhile, since the name is taken.
 */
export const statefulSet: WorkloadStrategy = {
  inspect: inspectStatefulSet,

  plan(context, migration) {
    const { source } = context.inventory;
    const { name } = source.owner!;
    const { cluster, namespace } = context.place;
    const scaled = { kind: 'StatefulSet' as const, name };
    const set = source.workload as KubeStatefulSet;
    return [
      joinOf(context, migration).kind === 'create'
        ? creation(
            cluster,
            'StatefulSet',
            buildStatefulSet(set, context.place, migration),
            {
              description: `Make the StatefulSet ${name}, which adopts the restored pod; it updates by OnDelete until it has`,
            },
          )
        : {
            ...scaling(cluster, { ...scaled, namespace, by: 1 }),
            description: `One ordinal more, the restored pod's; it updates by OnDelete until it has adopted that`,
          },
      scaling(source.cluster, {
        ...scaled,
        namespace: context.order.namespace,
        by: -1,
      }),
    ];
  },

  withhold: selectorKeys,

  async join(run, source) {
    const client = await run.target();
    const { namespace, name } = workloadIn(run, 'target');
    const set = run.facts.workload as KubeStatefulSet;
    const labels = pickLabels(source, selectorKeys(set));
    const join = run.facts.setJoin ?? (await readJoin(run, client, source));
    await run.save({}, { setJoin: join });
    if (join.kind === 'extend') await makeRoom(run, client);
    await addLabels(run, client, labels);
    if (join.kind === 'create') {
      const wanted = buildStatefulSet(set, run.destination, run.migration.id);
      await run.make(client, 'StatefulSet', wanted);
    }
    await awaitAdoption(run, client, { kind: 'StatefulSet', name });
    const revision = await waitFor(
      client,
      'StatefulSet',
      { namespace, name },
      { ...patience(run), what: `The revision of StatefulSet ${name}` },
      ([found]) => found?.status?.updateRevision,
    );
    await addLabels(run, client, { [REVISION]: revision });
    await amend(client, 'StatefulSet', { namespace, name }, () => ({
      spec: { updateStrategy: join.updateStrategy },
    }));
  },

  async leave(run) {
    const { setJoin, owner } = run.facts;
    if (!owner || setJoin?.kind !== 'extend') return;
    const ordinal = ordinalOf(run.destination.pod);
    await takeBackSize(
      run,
      await run.target(),
      workloadIn(run, 'target'),
      found => {
        const before = rangeOf(found as KubeStatefulSet);
        return {
          ...specOfRange(shrinkRange(before, ordinal) ?? before),
          updateStrategy: setJoin.updateStrategy,
        };
      },
    );
  },

  async release(run, client) {
    const { pod, cluster } = run.migration.source;
    await resizeOnce(run, client, workloadIn(run, 'source'), found => {
      const left = shrinkRange(
        rangeOf(found as KubeStatefulSet),
        ordinalOf(pod),
      );
      if (left) return specOfRange(left);
      throw new CannotReleaseError({
        code: 'ordinal-between',
        message: `The StatefulSet of '${pod}' on '${cluster}' was scaled meanwhile: the pod is neither its first nor its last any more.`,
        remedy: 'Move the pod at its end first, then migrate again.',
      });
    });
  },

  settle: forgetScalings,
};

/** The target may have changed since preflight. */
async function readJoin(
  run: MigrationRun,
  client: ClusterClient,
  pod: Parameters<WorkloadStrategy['join']>[1],
): Promise<SetJoin> {
  const { namespace, name } = workloadIn(run, 'target');
  return planSetJoin(
    run.migration.id,
    { pod, set: run.facts.workload as KubeStatefulSet },
    await client.get('StatefulSet', { namespace, name }),
  );
}

/** Until the target's StatefulSet has the pod's ordinal, and its controller knows that. */
async function makeRoom(run: MigrationRun, client: ClusterClient) {
  const scaled = workloadIn(run, 'target');
  const ordinal = ordinalOf(run.destination.pod);
  await resizeOnce(run, client, scaled, found => ({
    ...specOfRange(makeRoomIn(found as KubeStatefulSet, ordinal)),
    updateStrategy: ON_DELETE,
  }));
  await awaitSeen(run, client, scaled);
}
