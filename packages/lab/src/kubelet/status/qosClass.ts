import type { KubeObject } from '../../api/ClusterStore';

/** How a pod is treated when memory is short (pkg/apis/core/v1/helper/qos/qos.go). */
export function qosClass({ spec }: KubeObject): string {
  const resources: any[] = [
    ...(spec.initContainers ?? []),
    ...spec.containers,
  ].map(container => container.resources ?? {});
  const asksForNothing = resources.every(
    ({ requests = {}, limits = {} }) =>
      Object.keys(requests).length === 0 && Object.keys(limits).length === 0,
  );
  if (asksForNothing) {
    return 'BestEffort';
  }
  const isGuaranteed = resources.every(({ requests = {}, limits = {} }) =>
    ['cpu', 'memory'].every(
      name =>
        limits[name] !== undefined &&
        (requests[name] ?? limits[name]) === limits[name],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
