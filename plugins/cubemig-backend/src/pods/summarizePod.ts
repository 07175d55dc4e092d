import {
  LABEL_MIGRATION,
  LABEL_SOURCE_CLUSTER,
  Pod,
} from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod, KubeReplicaSet } from '../clusters';
import { findObstacle } from './findObstacle';
import { isPodReady, podStatus } from './podStatus';
import { resolveOwner } from './resolveOwner';

/**
 * A pod as CubeMig shows it.
 *
 * @param context - the pod's cluster, the ReplicaSets of its namespace, and its node where that could be read
 */
export function summarizePod(
  pod: KubePod,
  context: { cluster: string; replicaSets: KubeReplicaSet[]; node?: KubeNode },
): Pod {
  const { cluster, replicaSets, node } = context;
  const { metadata = {}, spec, status } = pod;
  const owner = resolveOwner(pod, replicaSets);
  const migration = metadata.labels?.[LABEL_MIGRATION];
  return {
    cluster,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    owner,
    node: spec?.nodeName,
    status: podStatus(pod),
    ready: isPodReady(pod),
    restarts: (status?.containerStatuses ?? []).reduce(
      (sum, { restartCount = 0 }) => sum + restartCount,
      0,
    ),
    createdAt: metadata.creationTimestamp ?? '',
    containers: (spec?.containers ?? []).map(({ name, image = '' }) => ({
      name,
      image,
    })),
    obstacle: findObstacle(pod, owner, node),
    restoredBy: migration
      ? {
          migration,
          sourceCluster: metadata.labels?.[LABEL_SOURCE_CLUSTER] ?? '',
        }
      : undefined,
  };
}
