import { MigrationOrder, Plan } from '@cubemig/plugin-cubemig-common';
import { Clusters } from '../../clusters';
import { CubemigConfig } from '../../config';
import { MigrationStore } from '../store';
import { SourceInventory } from './Inventory';
import { judgeHistory } from './judgeHistory';
import { planMigration } from './planMigration';
import { readInventory, StoredPod } from './readInventory';

/** Statuses of migrations that are not over. */
const OPEN = ['queued', 'running', 'undoing'] as const;
/** How many migrations of a cluster are looked at for what they say of a node. */
const NEWEST = 50;

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
  const { source } = inventory;
  const nodeTrouble = await findNodeTrouble(store, order, source);
  return planMigration(
    order,
    { ...inventory, source: { ...source, nodeTrouble } },
    config,
  );
}

/** Of a stored checkpoint there is nothing left to ask. */
async function findNodeTrouble(
  store: Pick<MigrationStore, 'list'>,
  { mode }: MigrationOrder,
  { cluster, pod }: SourceInventory,
) {
  const node = pod?.spec?.nodeName;
  if (mode === 'restore' || !node) return undefined;
  const { items } = await store.list({
    status: ['completed', 'failed'],
    mode: ['move', 'copy', 'checkpoint'],
    cluster,
    limit: NEWEST,
  });
  return judgeHistory(items, { cluster, node });
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
