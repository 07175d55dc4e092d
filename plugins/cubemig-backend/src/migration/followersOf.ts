import { Owner } from '@cubemig/plugin-cubemig-common';
import { KubePod, KubeReplicaSet } from '../clusters';
import { resolveOwner } from '../pods';
import { ordinalOf } from './objects';

/**
 * The other pods of a workload, in the order in which they can follow the first: those of a StatefulSet by their distance from it, since only the
 * ends of its ordinals can move.
 */
export function followersOf(
  first: { name: string; owner: Owner },
  pods: KubePod[],
  replicaSets: KubeReplicaSet[],
): KubePod[] {
  const { kind, name } = first.owner;
  const distance = ({ metadata }: KubePod) =>
    kind === 'StatefulSet'
      ? Math.abs(ordinalOf(metadata!.name!) - ordinalOf(first.name))
      : 0;
  return pods
    .filter(pod => {
      const owner = resolveOwner(pod, replicaSets);
      return (
        owner?.kind === kind &&
        owner.name === name &&
        pod.metadata?.name !== first.name &&
        !pod.metadata?.deletionTimestamp
      );
    })
    .sort(
      (a, b) =>
        distance(a) - distance(b) ||
        a.metadata!.name!.localeCompare(b.metadata!.name!),
    );
}
