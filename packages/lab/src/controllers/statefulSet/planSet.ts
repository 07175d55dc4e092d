import type { KubeObject } from '../../api/ClusterStore';
import { isOver, isReady } from '../podState';
import { REVISION_LABEL, ordinalOf, wantedOrdinals } from './ordinals';

/** What to do to one pod. */
export type SetStep =
  | { act: 'create'; ordinal: number }
  | { act: 'delete'; pod: KubeObject };

/**
 * What a StatefulSet does next about its pods, in order (pkg/controller/statefulset, updateStatefulSet): missing ones by rising ordinal,
 * surplus ones by falling ordinal, then, unless it is told `OnDelete`, those of an older revision by falling ordinal.
 * With `OrderedReady` one thing at a time, and only while all before it are ready.
 */
export function planSet(
  set: KubeObject,
  pods: KubeObject[],
  updateRevision: string,
): SetStep[] {
  const isOrdered = set.spec.podManagementPolicy !== 'Parallel';
  const byOrdinal = new Map(
    pods.map(pod => [ordinalOf(set, pod.metadata.name)!, pod]),
  );
  const wanted = wantedOrdinals(set);
  const surplus = [...byOrdinal]
    .filter(([ordinal]) => !wanted.includes(ordinal))
    .sort(([left], [right]) => right - left)
    .map(([, pod]) => pod);

  const steps: SetStep[] = [];
  for (const ordinal of wanted) {
    const pod = byOrdinal.get(ordinal);
    if (!pod) {
      steps.push({ act: 'create', ordinal });
    } else if (isOver(pod) && !isLeaving(pod)) {
      steps.push({ act: 'delete', pod });
    }
    if (isOrdered && !(pod && isHealthy(pod))) {
      return steps;
    }
  }
  for (const pod of surplus) {
    if (!isLeaving(pod)) {
      steps.push({ act: 'delete', pod });
    }
    if (isOrdered) {
      return steps;
    }
  }
  return [...steps, ...planUpdate(set, byOrdinal, wanted, updateRevision)];
}

function planUpdate(
  { spec }: KubeObject,
  byOrdinal: Map<number, KubeObject>,
  wanted: number[],
  updateRevision: string,
): SetStep[] {
  if (spec.updateStrategy.type === 'OnDelete') {
    return [];
  }
  const partition: number = spec.updateStrategy.rollingUpdate?.partition ?? 0;
  for (const ordinal of [...wanted].reverse()) {
    const pod = byOrdinal.get(ordinal);
    if (ordinal < partition) {
      return [];
    }
    const isOld = pod && revisionOf(pod) !== updateRevision;
    if (isOld && !isLeaving(pod)) {
      return [{ act: 'delete', pod }];
    }
    // The next one goes only when this one is back.
    if (!pod || !isHealthy(pod)) {
      return [];
    }
  }
  return [];
}

export function revisionOf({ metadata }: KubeObject): string | undefined {
  return metadata.labels?.[REVISION_LABEL];
}

function isLeaving({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function isHealthy(pod: KubeObject): boolean {
  return pod.status?.phase === 'Running' && isReady(pod) && !isLeaving(pod);
}
