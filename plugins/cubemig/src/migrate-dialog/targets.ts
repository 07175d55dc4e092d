import { Cluster, Pod } from '@cubemig/plugin-cubemig-common';

/** Where a pod could go, and which clusters are out of the question now because they have a problem. */
export function findTargets(clusters: Cluster[], pod: Pod) {
  const others = clusters.filter(({ name }) => name !== pod.cluster);
  return {
    targets: others.filter(({ problem }) => !problem),
    excluded: others.filter(({ problem }) => problem),
  };
}

/** What a person calls a cluster. */
export function titleOf(clusters: Cluster[], name: string): string {
  return clusters.find(cluster => cluster.name === name)?.title ?? name;
}
