import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { keyOf, splitKey, type Controller } from './Controller';
import { isTolerated, type Taint, type Toleration } from './findObstacle';
import { recordEvent } from './recordEvent';

/**
 * Takes pods off nodes whose taints they do not bear, such as those of a node that is lost, after as long as they do
 * (pkg/controller/tainteviction). On a lost node they stay, marked as being deleted, until it is heard of again.
 */
export function evictionController(
  store: ClusterStore,
  options: {
    /** The longest that pods bear a taint, where that is shorter than what they say (300 by default). */
    evictionSeconds?: number;
  },
): Controller {
  /** When pods were first seen beside a taint that they do not bear for ever, by their uids. */
  const since = new Map<string, number>();
  return {
    name: 'taint-eviction-controller',
    wakesOn: {
      Pod: pod => [keyOf(pod)],
      Node: ({ metadata }) =>
        store
          .list('Pod')
          .filter(({ spec }) => spec.nodeName === metadata.name)
          .map(keyOf),
    },
    reconcile(key, again) {
      const pod = store.get('Pod', ...splitKey(key));
      const node = pod && findNode(store, pod);
      const seconds = node && findPatience(pod, node);
      if (!pod || seconds === undefined || pod.metadata.deletionTimestamp) {
        since.delete(pod?.metadata.uid ?? '');
        return;
      }
      const { uid, namespace, name } = pod.metadata;
      const start = since.get(uid) ?? Date.now();
      since.set(uid, start);
      const patience = Math.min(seconds, options.evictionSeconds ?? Infinity);
      const left = start + patience * 1000 - Date.now();
      if (left > 0) {
        again(left);
        return;
      }
      since.delete(uid);
      recordEvent(store, pod, {
        type: 'Normal',
        reason: 'TaintManagerEviction',
        message: `Marking for deletion Pod ${namespace}/${name}`,
        component: 'taint-eviction-controller',
      });
      store.delete('Pod', namespace, name, { uid });
    },
  };
}

function findNode(
  store: ClusterStore,
  { spec }: KubeObject,
): KubeObject | undefined {
  return spec.nodeName
    ? store.get('Node', undefined, spec.nodeName)
    : undefined;
}

/** How many seconds a pod bears its node's taints; undefined means for ever. */
function findPatience(pod: KubeObject, node: KubeObject): number | undefined {
  const taints: Taint[] = node.spec?.taints ?? [];
  const tolerations: Toleration[] = pod.spec.tolerations ?? [];
  const patience = taints
    .filter(({ effect }) => effect === 'NoExecute')
    .map(taint => {
      const bearing = tolerations.filter(toleration =>
        isTolerated(taint, [toleration]),
      );
      const limits = bearing.flatMap(
        ({ tolerationSeconds }) => tolerationSeconds ?? [],
      );
      return bearing.length === 0 ? 0 : Math.min(Infinity, ...limits);
    });
  const shortest = Math.min(Infinity, ...patience);
  return shortest === Infinity ? undefined : shortest;
}
