import { Alert, LineageEntry, Migration } from '@cubemig/plugin-cubemig-common';
import { MigrationHistory, traceLineage } from './traceLineage';

const SHOWN = 50;

/**
 * The migrations that an alert's pod has behind it and those that the alert led to, oldest first.
 *
 * @param responses - ids of the migrations that the alert led to
 */
export async function listLineage(
  history: MigrationHistory,
  { pod, namespace, cluster }: Pick<Alert, 'pod' | 'namespace' | 'cluster'>,
  responses: string[],
): Promise<LineageEntry[]> {
  const found = new Map<string, Migration>();
  const add = (migrations: (Migration | undefined)[]) =>
    migrations.forEach(one => one && found.set(one.id, one));

  add(await Promise.all(responses.map(id => history.get(id))));
  if (pod) {
    const { items } = await history.list({ pod, limit: SHOWN });
    const own = items.filter(({ source, target }) =>
      [source, target].some(
        place => place?.cluster === cluster && place.namespace === namespace,
      ),
    );
    add(own);
    for (const { id } of own) add(await traceLineage(history, id));
  }
  return [...found.values()]
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    .map(migration => ({
      migration: migration.id,
      mode: migration.mode,
      status: migration.status,
      sourceCluster: migration.source.cluster,
      targetCluster: migration.target?.cluster,
      namespace: migration.source.namespace,
      pod: migration.source.pod,
      createdAt: migration.createdAt,
      finishedAt: migration.finishedAt,
      isResponse: responses.includes(migration.id),
    }));
}
