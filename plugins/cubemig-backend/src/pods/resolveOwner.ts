import { Owner } from '@cubemig/plugin-cubemig-common';
import { KubePod, KubeReplicaSet } from '../clusters';

/** The workload behind a pod: the Deployment rather than its ReplicaSet. Undefined for a bare pod. */
export function resolveOwner(
  pod: KubePod,
  replicaSets: KubeReplicaSet[],
): Owner | undefined {
  const owner = pod.metadata?.ownerReferences?.find(o => o.controller);
  if (!owner) return undefined;
  if (owner.kind === 'ReplicaSet') {
    const deployment = replicaSets
      .find(({ metadata }) => metadata?.uid === owner.uid)
      ?.metadata?.ownerReferences?.find(o => o.controller);
    if (deployment) return { kind: deployment.kind, name: deployment.name };
  }
  return { kind: owner.kind, name: owner.name };
}
