import { Migration, Owner } from '@cubemig/plugin-cubemig-common';
import { MigrationStore } from '../../migration';

/** Longer than any chain of migrations that guards let through. */
const LINEAGE_LENGTH = 20;

export type MigrationHistory = Pick<MigrationStore, 'get' | 'list'>;

/**
 * The migrations that a pod's processes have behind them, newest first.
 *
 * @param migration - the pod's label `cubemig.io/migration`
 */
export async function traceLineage(
  history: MigrationHistory,
  migration: string,
): Promise<Migration[]> {
  const lineage: Migration[] = [];
  let found = await history.get(migration);
  while (found && lineage.length < LINEAGE_LENGTH) {
    lineage.push(found);
    found = await findPrevious(history, found);
  }
  return lineage;
}

/** A restored pod keeps its name: it came by the latest earlier migration of that name to where this one started. */
async function findPrevious(history: MigrationHistory, later: Migration) {
  const { cluster, namespace, pod } = later.source;
  const { items } = await history.list({
    pod,
    cluster,
    status: ['completed'],
    until: later.createdAt,
    limit: 20,
  });
  return items.find(
    ({ target }) =>
      target?.cluster === cluster &&
      target.namespace === namespace &&
      target.pod === pod,
  );
}

/** Names a workload among all clusters. */
export function lineageOf(cluster: string, namespace: string, owner: Owner) {
  return [cluster, namespace, owner.kind, owner.name].join('/');
}
