import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { recordEvent } from '../recordEvent';

/** Records that a deployment changed how many pods one of its ReplicaSets wants. */
export function tellScaling(
  store: ClusterStore,
  deployment: KubeObject,
  name: string,
  from: number,
  to: number,
): void {
  recordEvent(store, deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${
      to > from ? 'up' : 'down'
    } replica set ${name} from ${from} to ${to}`,
    component: 'deployment-controller',
  });
}
