import { KubePod, KubeReplicaSet } from '../../clusters';
import { ProblemError } from '../../failures';

type Selector = NonNullable<KubeReplicaSet['spec']>['selector'];

/** @throws ProblemError unless a workload of the target selects pods with the labels of this one */
export function requireSelected(
  kind: string,
  name: string,
  { matchLabels = {}, matchExpressions }: Selector,
  pod: KubePod,
) {
  const labels = pod.metadata?.labels ?? {};
  const isSelected =
    !matchExpressions?.length &&
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  if (isSelected) return;
  throw new ProblemError({
    code: `${kind.toLowerCase()}-differs`,
    message: `The target's ${kind} '${name}' does not select pods with the labels of this one.`,
    remedy: `Give the ${kind} '${name}' the same matchLabels in both clusters, or delete it in the target.`,
  });
}
