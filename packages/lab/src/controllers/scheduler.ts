import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { formatTime } from '../api/store/names';
import { keyOf, splitKey, type Controller } from './Controller';
import { findObstacle } from './findObstacle';
import { isOver } from './podState';
import { recordEvent } from './recordEvent';

const NAME = 'default-scheduler';

/** Binds pods without a node to the node that can take them and has the fewest. */
export function scheduler(store: ClusterStore): Controller {
  const findWaiting = () => store.list('Pod').filter(isWaiting).map(keyOf);
  return {
    name: NAME,
    wakesOn: {
      Pod: pod => {
        if (isWaiting(pod)) {
          return [keyOf(pod)];
        }
        // A pod that goes makes room for those that wait.
        return isActiveOnNode(pod) ? [] : findWaiting();
      },
      Node: findWaiting,
    },
    reconcile(key) {
      const pod = store.get('Pod', ...splitKey(key));
      if (!pod || !isWaiting(pod)) {
        return;
      }
      const pods = store.list('Pod').filter(isActiveOnNode);
      const nodes = store.list('Node').map(node => {
        const taken = pods.filter(
          ({ spec }) => spec.nodeName === node.metadata.name,
        );
        return { node, taken, obstacle: findObstacle(pod, node, taken) };
      });
      const [best] = nodes
        .filter(({ obstacle }) => obstacle === undefined)
        .sort((left, right) => left.taken.length - right.taken.length);
      if (best) {
        bind(store, pod, best.node.metadata.name);
      } else {
        refuse(store, pod, describeObstacles(nodes.map(n => n.obstacle!)));
      }
    },
  };
}

function isWaiting({ spec, status, metadata }: KubeObject): boolean {
  return (
    !spec.nodeName &&
    status?.phase === 'Pending' &&
    !metadata.deletionTimestamp &&
    spec.schedulerName === NAME &&
    !spec.schedulingGates?.length
  );
}

function isActiveOnNode(pod: KubeObject): boolean {
  return Boolean(pod.spec.nodeName) && !isOver(pod);
}

function bind(store: ClusterStore, pod: KubeObject, nodeName: string): void {
  const { namespace, name, uid } = pod.metadata;
  store.mutate(
    'Pod',
    namespace,
    name,
    stored => {
      stored.spec.nodeName = nodeName;
      setScheduled(stored, { status: 'True' });
    },
    { uid },
  );
  recordEvent(store, pod, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    component: NAME,
  });
}

function refuse(store: ClusterStore, pod: KubeObject, message: string): void {
  const { namespace, name, uid } = pod.metadata;
  const isTold = pod.status?.conditions?.some(
    (c: any) => c.type === 'PodScheduled' && c.message === message,
  );
  if (isTold) {
    return;
  }
  store.mutate(
    'Pod',
    namespace,
    name,
    stored =>
      setScheduled(stored, {
        status: 'False',
        reason: 'Unschedulable',
        message,
      }),
    { uid },
  );
  recordEvent(store, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: NAME,
  });
}

function setScheduled(
  pod: KubeObject,
  condition: { status: string; reason?: string; message?: string },
): void {
  const others = (pod.status.conditions ?? []).filter(
    (c: any) => c.type !== 'PodScheduled',
  );
  pod.status.conditions = [
    ...others,
    {
      type: 'PodScheduled',
      observedGeneration: pod.metadata.generation,
      lastProbeTime: null,
      lastTransitionTime: formatTime(),
      ...condition,
    },
  ];
}

/** For example `0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.` */
function describeObstacles(obstacles: string[]): string {
  if (obstacles.length === 0) {
    return 'no nodes available to schedule pods';
  }
  const counts = new Map<string, number>();
  for (const obstacle of obstacles) {
    counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1);
  }
  const said = [...counts].map(([text, count]) => `${count} ${text}`).sort();
  const total = obstacles.length;
  return (
    `0/${total} nodes are available: ${said.join(', ')}. ` +
    `preemption: 0/${total} nodes are available: ${total} Preemption is not helpful for scheduling.`
  );
}
