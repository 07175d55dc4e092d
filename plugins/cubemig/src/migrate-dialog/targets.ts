import { Cluster } from '@cubemig/plugin-cubemig-common';
import { Passenger } from './passenger';

/** Where a pod could go, and which clusters are out of the question now because they have a problem. */
export function findTargets(clusters: Cluster[], pod: Passenger) {
  // Two of a pod that runs would meet in one cluster; a checkpoint may come back to where it was taken.
  const others = clusters.filter(
    ({ name }) => pod.checkpointsOf || name !== pod.cluster,
  );
  return {
    targets: others.filter(({ problem }) => !problem),
    excluded: others.filter(({ problem }) => problem),
  };
}

/** What a person calls a cluster. */
export function titleOf(clusters: Cluster[], name: string): string {
  return clusters.find(cluster => cluster.name === name)?.title ?? name;
}
