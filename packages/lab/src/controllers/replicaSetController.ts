import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import { matchesSelector } from '../api/selectors';
import { keyOf, splitKey, type Controller } from './Controller';
import { claim, controllerOf, isControlledBy } from './ownership';
import { isActive, isReady, readyForMs } from './podState';
import { createPodFromTemplate } from './createPodFromTemplate';
import { rankForDeletion } from './rankForDeletion';
import { recordEvent } from './recordEvent';

const COMPONENT = 'replicaset-controller';

/** Keeps as many pods as a ReplicaSet wants; pods that match and belong to nobody are its own. */
export function replicaSetController(store: ClusterStore): Controller {
  return {
    name: COMPONENT,
    wakesOn: {
      ReplicaSet: replicaSet => [keyOf(replicaSet)],
      Pod: pod => ownersToWake(store, pod),
    },
    reconcile(key, again) {
      const [namespace, name] = splitKey(key);
      const replicaSet = store.get('ReplicaSet', namespace, name);
      if (!replicaSet) {
        return;
      }
      const all = store.list('Pod', namespace);
      const claimed = claim(store, replicaSet, all.filter(isActive));
      if (!replicaSet.metadata.deletionTimestamp) {
        scalePods(store, replicaSet, claimed);
      }
      const terminating = all.filter(
        pod =>
          pod.metadata.deletionTimestamp && isControlledBy(pod, replicaSet),
      ).length;
      const wait = writeStatus(store, replicaSet, claimed, terminating);
      if (wait !== undefined) {
        again(wait);
      }
    },
  };
}

function ownersToWake(store: ClusterStore, pod: KubeObject): string[] {
  const { namespace, labels } = pod.metadata;
  const controller = controllerOf(pod);
  if (controller) {
    return controller.kind === 'ReplicaSet'
      ? [`${namespace}/${controller.name}`]
      : [];
  }
  return store
    .list('ReplicaSet', namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, labels))
    .map(keyOf);
}

function scalePods(
  store: ClusterStore,
  replicaSet: KubeObject,
  pods: KubeObject[],
): void {
  const missing = replicaSet.spec.replicas - pods.length;
  for (let count = 0; count < missing; count++) {
    createPodFromTemplate(store, replicaSet, { component: COMPONENT });
  }
  for (const { metadata } of rankForDeletion(pods).slice(
    0,
    Math.max(0, -missing),
  )) {
    const { namespace, name, uid } = metadata;
    store.delete('Pod', namespace, name, { uid });
    recordEvent(store, replicaSet, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
      component: COMPONENT,
    });
  }
}

/** Returns when to look again, in milliseconds, where a pod must be ready for longer to count as available. */
function writeStatus(
  store: ClusterStore,
  { metadata, spec }: KubeObject,
  pods: KubeObject[],
  terminating: number,
): number | undefined {
  const now = Date.now();
  const mustBeReadyForMs = (spec.minReadySeconds ?? 0) * 1000;
  const ready = pods.filter(isReady);
  const available = ready.filter(
    pod => readyForMs(pod, now)! >= mustBeReadyForMs,
  );
  const counted = {
    fullyLabeledReplicas: pods.filter(pod =>
      matchesSelector(
        { matchLabels: spec.template.metadata?.labels },
        pod.metadata.labels,
      ),
    ).length,
    readyReplicas: ready.length,
    availableReplicas: available.length,
  };
  store.mutate(
    'ReplicaSet',
    metadata.namespace,
    metadata.name,
    stored => {
      stored.status = {
        replicas: pods.length,
        // What is zero is left out, as Kubernetes does.
        ...Object.fromEntries(
          Object.entries(counted).filter(([, count]) => count > 0),
        ),
        terminatingReplicas: terminating,
        observedGeneration: metadata.generation,
      };
    },
    { uid: metadata.uid },
  );
  return available.length < ready.length ? mustBeReadyForMs : undefined;
}
