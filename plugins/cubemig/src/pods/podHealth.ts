import { Pod } from '@cubemig/plugin-cubemig-common';

/** How a pod's status is to be seen at a glance. */
export type PodHealth = 'ok' | 'pending' | 'failing' | 'stopping' | 'done';

/** Container reasons of which Kubernetes says itself that they mean work in progress. */
const inProgress =
  /^(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|NotReady|SchedulingGated)$/;

/** Judges a status as `kubectl get pods` prints it. */
export function judgePod(pod: Pick<Pod, 'status' | 'ready'>): PodHealth {
  const { status, ready } = pod;
  if (status === 'Running') return ready ? 'ok' : 'pending';
  if (status === 'Terminating') return 'stopping';
  if (status === 'Completed' || status === 'Succeeded') return 'done';
  return inProgress.test(status) ? 'pending' : 'failing';
}
