import { KubeNode, KubePod, KubeWorkload } from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';
import { planMigration, readInventory, SourceInventory } from '../plan';
import { Step } from '../Step';
import { containerStarts } from './sourcePod';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Finds out, before anything is touched, whether the migration can work: makes its plan once more and looks for blockers. */
export const preflight: Step = {
  name: 'preflight',

  async run(run) {
    const { id, order, source } = run.migration;
    const inventory = await readInventory(
      { ...order, podUid: source.uid },
      { clusters: run.clusters, config: run.config, stored: recall(run) },
    );
    const plan = planMigration(order, inventory, run.config, id);
    const [first, ...others] = plan.blockers;
    if (first) {
      for (const { message } of others) await run.note(message, 'error');
      const { code, message, remedy } = first;
      throw new ProblemError({ code, message, remedy });
    }
    if (order.mode !== 'restore') await remember(run, inventory.source);
    for (const { message, remedy } of plan.warnings) {
      await run.warn(`${message} ${remedy}`);
    }
    const { namespace, pod, node } = run.migration.source;
    await run.note(
      order.mode === 'restore'
        ? `${plan.source.pod} can be restored from its stored checkpoints`
        : `${namespace}/${pod} runs on ${node} and can be migrated`,
    );
  },
};

/** What the migration that took the checkpoints has handed down. */
function recall({ facts, migration }: MigrationRun) {
  const { pod, node, owner, volumes } = facts;
  const { checkpoints } = migration;
  return pod && { pod, node, owner, volumes, checkpoints };
}

/** Later steps work from this: the source itself may be gone by then. */
async function remember(run: MigrationRun, source: SourceInventory) {
  const pod = source.pod!;
  await run.save(
    {
      source: {
        ...run.migration.source,
        uid: pod.metadata!.uid,
        node: pod.spec!.nodeName,
        owner: source.owner,
      },
    },
    {
      owner: source.owner,
      pod: withoutNoise(pod),
      node: source.node && essenceOf(source.node),
      workload: source.workload && withoutNoise(source.workload),
      sourceStarts: containerStarts(pod),
    },
  );
}

/** Who wrote which field, and the last apply, which repeats everything. */
function withoutNoise<T extends KubePod | KubeWorkload>(object: T): T {
  const { managedFields, annotations, ...metadata } = object.metadata!;
  const { [LAST_APPLIED]: _, ...kept } = annotations ?? {};
  return { ...object, metadata: { ...metadata, annotations: kept } };
}

function essenceOf({ metadata, status }: KubeNode): KubeNode {
  return {
    metadata: { name: metadata?.name },
    status: {
      nodeInfo: status?.nodeInfo,
      daemonEndpoints: status?.daemonEndpoints,
    },
  };
}
