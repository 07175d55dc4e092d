import { Cluster, Pod } from '@cubemig/plugin-cubemig-common';

/** Where a pod can go: every other cluster that answers and has no problem. */
export function findTargets(clusters: Cluster[], pod: Pod): Cluster[] {
  return clusters.filter(
    cluster => cluster.name !== pod.cluster && !cluster.problem,
  );
}

/** What a person calls a cluster. */
export function titleOf(clusters: Cluster[], name: string): string {
  return clusters.find(cluster => cluster.name === name)?.title ?? name;
}
