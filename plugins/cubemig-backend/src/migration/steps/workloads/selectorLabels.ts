import { KubePod, KubeReplicaSet, KubeWorkload } from '../../../clusters';

/** The labels by which a workload knows its pods, where no hash tells them from others. */
export function selectorKeys(workload: KubeWorkload): string[] {
  const { spec } = workload as KubeReplicaSet;
  return Object.keys(spec?.selector.matchLabels ?? {});
}

export function pickLabels({ metadata }: KubePod, keys: string[]) {
  const labels = metadata?.labels ?? {};
  return Object.fromEntries(keys.map(key => [key, labels[key]]));
}
