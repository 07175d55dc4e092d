import { LABEL_MIGRATION, Problem } from '@cubemig/plugin-cubemig-common';
import { KubePod, KubeStatefulSet } from '../../clusters';
import { ProblemError } from '../../failures';
import {
  describeRange,
  extendRange,
  ordinalOf,
  OrdinalRange,
  rangeOf,
} from './ordinals';
import { requireSelected } from './requireSelected';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** With this, and no other, a StatefulSet leaves a pod alone that it has not made itself. */
export const ON_DELETE = { type: 'OnDelete', rollingUpdate: null };

type UpdateStrategy = NonNullable<KubeStatefulSet['spec']>['updateStrategy'];

/** How a restored pod comes to belong to a StatefulSet of the target. */
export interface SetJoin {
  /** `create`: it is made around the pod. `extend`: the one that stands there has the pod's ordinal besides its own. */
  kind: 'create' | 'extend';
  /** What holds again once the pod belongs to it. */
  updateStrategy: UpdateStrategy;
}

/**
 * Plans how a StatefulSet of the target comes to a pod. One that this very migration has made, before it was interrupted, is still being made.
 *
 * @param target - the StatefulSet of the same name in the target, if there is one
 * @throws ProblemError if the target's could not take the pod
 */
export function planSetJoin(
  migration: string,
  source: { pod: KubePod; set: KubeStatefulSet },
  target: KubeStatefulSet | undefined,
): SetJoin {
  const { pod, set } = source;
  const name = set.metadata?.name ?? '';
  const standing =
    target?.metadata?.labels?.[LABEL_MIGRATION] === migration
      ? undefined
      : target;
  requireSelected('StatefulSet', name, (standing ?? set).spec!.selector, pod);
  if (!standing) {
    return { kind: 'create', updateStrategy: set.spec!.updateStrategy };
  }
  requireNoRollout(standing);
  makeRoomIn(standing, ordinalOf(pod.metadata!.name!));
  return { kind: 'extend', updateStrategy: standing.spec!.updateStrategy };
}

/** What a StatefulSet has once it has one ordinal more. @throws ProblemError if it cannot */
export function makeRoomIn(
  set: KubeStatefulSet,
  ordinal: number,
): OrdinalRange {
  const range = rangeOf(set);
  const extended = extendRange(range, ordinal);
  if (extended) return extended;
  throw new ProblemError(whyNotTaken(set.metadata!.name!, range, ordinal));
}

function whyNotTaken(
  set: string,
  range: OrdinalRange,
  ordinal: number,
): Problem {
  const { start, replicas } = range;
  const standing = `The target's StatefulSet '${set}' has ${describeRange(
    range,
  )}`;
  if (ordinal >= start && ordinal < start + replicas) {
    return {
      code: 'ordinal-taken',
      message: `${standing}, and so a '${set}-${ordinal}' of its own.`,
      remedy:
        'Delete the StatefulSet in the target if nobody needs it; otherwise choose the mode copy.',
    };
  }
  const next = ordinal < start ? start - 1 : start + replicas;
  return {
    code: 'ordinals-apart',
    message: `${standing}: with '${set}-${ordinal}' there would be a gap, which it fills with fresh pods.`,
    remedy: `Move '${set}-${next}' first, or choose the mode copy.`,
  };
}

/** Under OnDelete the revisions may differ for ever. @throws ProblemError */
function requireNoRollout({ metadata, spec, status }: KubeStatefulSet) {
  const isRolling =
    spec?.updateStrategy?.type !== 'OnDelete' &&
    status?.currentRevision !== status?.updateRevision;
  if (!isRolling) return;
  throw new ProblemError({
    code: 'rollout-under-way',
    message: `The target's StatefulSet '${metadata?.name}' is in the middle of a rollout.`,
    remedy: `Wait for it (kubectl rollout status statefulset/${metadata?.name}), then migrate again.`,
  });
}

/** The source's StatefulSet as the target gets it: for this one pod, whatever its ordinal. */
export function buildStatefulSet(
  { metadata, spec }: KubeStatefulSet,
  place: { namespace: string; pod: string },
  migration: string,
): KubeStatefulSet {
  const { [LAST_APPLIED]: _, ...annotations } = metadata!.annotations ?? {};
  const start = ordinalOf(place.pod);
  return {
    metadata: {
      name: metadata!.name,
      namespace: place.namespace,
      labels: { ...metadata!.labels, [LABEL_MIGRATION]: migration },
      annotations,
    },
    spec: {
      ...spec!,
      replicas: 1,
      ordinals: start > 0 ? { start } : undefined,
      updateStrategy: { type: ON_DELETE.type },
      // Filled in by the API server, and refused where they do not fit the target's storage.
      volumeClaimTemplates: spec!.volumeClaimTemplates?.map(
        ({ status, ...template }) => template,
      ),
    },
  };
}
