import { Pod } from '@cubemig/plugin-cubemig-common';

/** The id of a pod's row on the page, so that a link can lead to it. */
export function anchorOf(
  pod: Pick<Pod, 'cluster' | 'namespace' | 'name'>,
): string {
  return `pod/${pod.cluster}/${pod.namespace}/${pod.name}`;
}
