import { Migration } from '@cubemig/plugin-cubemig-common';

/** A workload of one cluster and its migrations, in the order in which they came. */
export interface WorkloadLogs {
  key: string;
  /** `Kind name` or the bare pod's name. */
  name: string;
  cluster: string;
  namespace: string;
  migrations: Migration[];
}

/** Migrations by the workload that they began with; those whose names hold the text only. */
export function groupByWorkload(
  migrations: Migration[],
  text = '',
): WorkloadLogs[] {
  const groups = new Map<string, WorkloadLogs>();
  for (const migration of migrations) {
    const { cluster, namespace, pod, owner } = migration.source;
    const name = owner ? `${owner.kind} ${owner.name}` : pod;
    const key = [cluster, namespace, name].join('/');
    if (`${key} ${pod}`.toLowerCase().includes(text.toLowerCase())) {
      const group = groups.get(key) ?? {
        key,
        name,
        cluster,
        namespace,
        migrations: [],
      };
      group.migrations.push(migration);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => a.key.localeCompare(b.key));
}
