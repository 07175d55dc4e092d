import type { ClusterStore, KubeObject } from '../../api/ClusterStore';
import { matchesSelector } from '../../api/selectors';
import { keyOf, splitKey, type Controller } from '../Controller';
import { claim, controllerOf } from '../ownership';
import { recordEvent } from '../recordEvent';
import {
  buildClaims,
  buildPod,
  identityLabels,
  ordinalOf,
  podNameOf,
} from './ordinals';
import { planSet, revisionOf, type SetStep } from './planSet';
import {
  forgetOldRevisions,
  keepRevisions,
  toRevision,
  type Revision,
} from './revisions';
import { statefulSetStatus } from './statefulSetStatus';

const COMPONENT = 'statefulset-controller';

/** Keeps a StatefulSet's pods, each with its own name; pods of such a name that match and belong to nobody are its own. */
export function statefulSetController(store: ClusterStore): Controller {
  return {
    name: COMPONENT,
    wakesOn: {
      StatefulSet: set => [keyOf(set)],
      Pod: pod => ownersToWake(store, pod),
    },
    reconcile(key, again) {
      const [namespace, name] = splitKey(key);
      const set = store.get('StatefulSet', namespace, name);
      if (!set) {
        return;
      }
      const candidates = store
        .list('Pod', namespace)
        .filter(pod => ordinalOf(set, pod.metadata.name) !== undefined);
      const pods = claim(store, set, candidates);
      if (set.metadata.deletionTimestamp) {
        return;
      }
      const { update, all } = keepRevisions(store, set);
      pods.forEach(pod => keepIdentity(store, set, pod));
      const current =
        all.map(toRevision).find(r => r.name === set.status?.currentRevision) ??
        update;
      let status;
      try {
        for (const step of planSet(set, pods, update.name)) {
          take(store, set, step, { current, update });
        }
      } finally {
        // What could not be done keeps nobody from hearing that the set was seen.
        status = writeStatus(store, set, pods, update.name);
      }
      forgetOldRevisions(
        store,
        set,
        all,
        revision =>
          [update.name, status.currentRevision].includes(revision) ||
          pods.some(pod => revisionOf(pod) === revision),
      );
      if (status.availableReplicas < (status.readyReplicas ?? 0)) {
        again(set.spec.minReadySeconds * 1000);
      }
    },
  };
}

function ownersToWake(store: ClusterStore, pod: KubeObject): string[] {
  const { namespace, labels } = pod.metadata;
  const controller = controllerOf(pod);
  if (controller) {
    return controller.kind === 'StatefulSet'
      ? [`${namespace}/${controller.name}`]
      : [];
  }
  return store
    .list('StatefulSet', namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, labels))
    .map(keyOf);
}

/** A pod that was adopted lacks the labels that the set itself would have given it; its revision is not among them. */
function keepIdentity(
  store: ClusterStore,
  set: KubeObject,
  { metadata }: KubeObject,
): void {
  const labels = identityLabels(set, ordinalOf(set, metadata.name)!);
  store.mutate(
    'Pod',
    metadata.namespace,
    metadata.name,
    stored => {
      stored.metadata.labels = { ...stored.metadata.labels, ...labels };
    },
    { uid: metadata.uid },
  );
}

function take(
  store: ClusterStore,
  set: KubeObject,
  step: SetStep,
  revisions: { current: Revision; update: Revision },
): void {
  const name =
    step.act === 'create'
      ? podNameOf(set, step.ordinal)
      : step.pod.metadata.name;
  try {
    if (step.act === 'create') {
      createPod(store, set, step.ordinal, revisions);
    } else {
      const { namespace, uid } = step.pod.metadata;
      store.delete('Pod', namespace, name, { uid });
    }
  } catch (error) {
    recordEvent(store, set, {
      type: 'Warning',
      reason: step.act === 'create' ? 'FailedCreate' : 'FailedDelete',
      message: `${step.act} Pod ${name} in StatefulSet ${
        set.metadata.name
      } failed error: ${(error as Error).message}`,
      component: COMPONENT,
    });
    throw error;
  }
  recordEvent(store, set, {
    type: 'Normal',
    reason: step.act === 'create' ? 'SuccessfulCreate' : 'SuccessfulDelete',
    message: `${step.act} Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    component: COMPONENT,
  });
}

function createPod(
  store: ClusterStore,
  set: KubeObject,
  ordinal: number,
  { current, update }: { current: Revision; update: Revision },
): void {
  for (const draft of buildClaims(set, ordinal)) {
    const { namespace, name } = draft.metadata!;
    if (!store.get(draft.kind, namespace, name!)) {
      store.create(draft);
    }
  }
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const keepsRevision =
    type === 'RollingUpdate' && ordinal < (rollingUpdate?.partition ?? 0);
  store.create(buildPod(set, ordinal, keepsRevision ? current : update));
}

function writeStatus(
  store: ClusterStore,
  set: KubeObject,
  pods: KubeObject[],
  updateRevision: string,
) {
  const status = statefulSetStatus(set, pods, updateRevision, Date.now());
  const { namespace, name, uid } = set.metadata;
  store.mutate(
    'StatefulSet',
    namespace,
    name,
    stored => {
      stored.status = status;
    },
    { uid },
  );
  return status;
}
