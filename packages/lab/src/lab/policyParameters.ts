import type { ClusterStore } from '../api/ClusterStore';

/** Which deploy/kubernetes/50-courier-policy.yaml expects. */
const NAME = 'cubemig-courier-policy';

/** Tells the courier's admission policy which image the courier is, if the cluster has that namespace. */
export function createPolicyParameters(
  store: ClusterStore,
  namespace: string,
  images: string[],
): void {
  if (
    store.get('Namespace', undefined, namespace) &&
    !store.get('ConfigMap', namespace, NAME)
  ) {
    const couriers = images.filter(image => image.includes('/courier:'));
    store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace },
      data: { images: couriers.join(' ') },
    });
  }
}
