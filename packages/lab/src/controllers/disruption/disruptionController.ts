import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { formatTime } from '../../api/store/names';
import { matchesSelector } from '../../api/selectors';
import { keyOf, splitKey, type Controller } from '../Controller';
import { controllerOf } from '../ownership';
import { isOver } from '../podState';
import { budgetStatus } from './budgetStatus';

/** Counts for each PodDisruptionBudget how many of its pods may be evicted; the eviction itself asks for that number. */
export function disruptionController(store: ClusterStore): Controller {
  return {
    name: 'disruption-controller',
    wakesOn: {
      PodDisruptionBudget: budget => [keyOf(budget)],
      Pod: ({ metadata }) =>
        store
          .list('PodDisruptionBudget', metadata.namespace)
          .filter(({ spec }) => matchesSelector(spec.selector, metadata.labels))
          .map(keyOf),
    },
    reconcile(key) {
      const [namespace, name] = splitKey(key);
      const budget = store.get('PodDisruptionBudget', namespace, name);
      if (!budget) {
        return;
      }
      const pods = store
        .list('Pod', namespace)
        .filter(
          pod =>
            matchesSelector(budget.spec.selector, pod.metadata.labels) &&
            !isOver(pod),
        );
      const counted = budgetStatus(budget, pods, scaleOf(store, pods));
      store.mutate(
        budget.kind,
        namespace,
        name,
        stored => {
          stored.status = {
            conditions: [allowedCondition(stored, counted.disruptionsAllowed)],
            ...counted,
          };
        },
        { uid: budget.metadata.uid },
      );
    },
  };
}

/** How many pods the controllers of these pods want; a pod of no controller stands for itself. */
function scaleOf(store: ClusterStore, pods: KubeObject[]): number {
  const wanted = new Map<string, number>();
  for (const pod of pods) {
    const owner = findScaled(store, pod) ?? pod;
    wanted.set(owner.metadata.uid, owner.spec.replicas ?? 1);
  }
  return [...wanted.values()].reduce((sum, replicas) => sum + replicas, 0);
}

/** Who decides how many of a pod there are, for example the Deployment of its ReplicaSet. */
function findScaled(
  store: ClusterStore,
  object: KubeObject,
): KubeObject | undefined {
  const reference = controllerOf(object);
  const owner =
    reference &&
    store.get(reference.kind, object.metadata.namespace, reference.name);
  return owner && (findScaled(store, owner) ?? owner);
}

function allowedCondition({ metadata, status }: KubeObject, allowed: number) {
  const known = status?.conditions?.[0];
  const value = allowed > 0 ? 'True' : 'False';
  return {
    type: 'DisruptionAllowed',
    status: value,
    observedGeneration: metadata.generation,
    lastTransitionTime:
      known?.status === value ? known.lastTransitionTime : formatTime(),
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  };
}
