import { MigrationOrder, Plan } from '@cubemig/plugin-cubemig-common';
import { Clusters } from '../../clusters';
import { CubemigConfig } from '../../config';
import { MigrationStore } from '../store';
import { planMigration } from './planMigration';
import { readInventory, StoredPod } from './readInventory';

/** Statuses of migrations that are not over. */
const OPEN = ['queued', 'running', 'undoing'] as const;

/**
 * Makes the plan of a migration that has not been started: reads both clusters and touches nothing. What is wrong with the clusters, the
 * pod or the checkpoints is a blocker in the plan, not an error.
 */
export async function createPlan(
  order: MigrationOrder,
  tools: {
    clusters: Clusters;
    config: CubemigConfig;
    store: Pick<MigrationStore, 'get' | 'getFacts' | 'list'>;
  },
): Promise<Plan> {
  const { clusters, config, store } = tools;
  const inventory = await readInventory(order, {
    clusters,
    config,
    stored:
      order.checkpointsOf === undefined
        ? undefined
        : await recall(store, order.checkpointsOf, order),
    rival: await findRival(store, order),
  });
  return planMigration(order, inventory, config);
}

/** Undefined also where they are of another place: a plan must not tell its owner what others have there. */
async function recall(
  store: Pick<MigrationStore, 'get' | 'getFacts'>,
  id: string,
  { sourceCluster, namespace, pod: name }: MigrationOrder,
): Promise<StoredPod | undefined> {
  const [migration, facts] = await Promise.all([
    store.get(id),
    store.getFacts(id),
  ]);
  if (!migration || !facts?.pod) return undefined;
  const { source } = migration;
  const isSame =
    source.cluster === sourceCluster &&
    source.namespace === namespace &&
    source.pod === name;
  if (!isSame) return undefined;
  const { pod, node, owner, volumes } = facts;
  return { pod, node, owner, volumes, checkpoints: migration.checkpoints };
}

async function findRival(
  store: Pick<MigrationStore, 'list'>,
  { mode, sourceCluster, namespace, pod }: MigrationOrder,
) {
  if (mode === 'restore') return undefined;
  const { items } = await store.list({
    status: [...OPEN],
    cluster: sourceCluster,
    namespace,
    pod,
    limit: 10,
  });
  return items.find(({ source }) => source.cluster === sourceCluster)?.id;
}
