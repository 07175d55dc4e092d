import { KubeStatefulSet } from '../../../clusters';
import { ProblemError } from '../../../failures';
import {
  describeRange,
  ordinalOf,
  planSetJoin,
  rangeOf,
  shrinkRange,
} from '../../objects';
import type { SetJoin } from '../../objects';
import type { Finding, TargetContext } from '../../plan';
import { findingOf } from './findingOf';

/** What speaks against moving a pod of a StatefulSet. Pure. */
export function inspectStatefulSet(context: TargetContext): Finding[] {
  return [
    ...findingOf(context, () => requireRelease(context)),
    ...findingOf(context, () => joinOf(context, '')),
    ...findingOf(context, () => requireTurns(context)),
    ...inspectService(context),
    ...inspectClaims(context),
  ];
}

/** How the target's StatefulSet will come to the pod. @throws ProblemError */
export function joinOf(
  { inventory, target, pod }: TargetContext,
  migration: string,
): SetJoin {
  if (target.workload && !target.workload.isReadable) {
    throw new ProblemError(target.workload.problem);
  }
  const set = inventory.source.workload as KubeStatefulSet | undefined;
  if (!set) throw new ProblemError(gone(inventory.source.owner!.name));
  const standing = target.workload?.value as KubeStatefulSet | undefined;
  return planSetJoin(migration, { pod, set }, standing);
}

/** @throws ProblemError unless the source's StatefulSet can let that very pod go */
function requireRelease({ inventory, pod, order }: TargetContext) {
  const { owner, workload, cluster } = inventory.source;
  if (!workload) return;
  const range = rangeOf(workload as KubeStatefulSet);
  if (shrinkRange(range, ordinalOf(pod.metadata!.name!))) return;
  const { name } = owner!;
  const last = range.start + range.replicas - 1;
  throw new ProblemError({
    code: 'ordinal-between',
    message: `In '${cluster}' the StatefulSet '${name}' has ${describeRange(
      range,
    )}: it can let its first and its last pod go, not '${order.pod}'.`,
    remedy: `Move '${name}-${last}' or '${name}-${range.start}' first, or the whole StatefulSet from one of them on; the modes copy and checkpoint take any of its pods.`,
  });
}

/** Its pods can follow one another only. @throws ProblemError */
function requireTurns({ order, config }: TargetContext) {
  const { perWorkload } = config.migration.limits;
  if (!order.wholeWorkload || perWorkload === 1) return;
  throw new ProblemError({
    code: 'no-turns',
    message: `A StatefulSet moves as a whole only one pod after the other, and here ${perWorkload} pods of a workload may move at once.`,
    remedy:
      'Set cubemig.migration.limits.perWorkload in app-config to 1, or order its pods one by one.',
  });
}

function inspectService({
  inventory,
  target,
  place,
}: TargetContext): Finding[] {
  const { spec } = (inventory.source.workload ?? {}) as KubeStatefulSet;
  const { hasService } = target;
  if (!spec?.serviceName || !hasService?.isReadable || hasService.value) {
    return [];
  }
  return [
    {
      isBlocker: false,
      finding: {
        code: 'service-missing',
        message: `The target has no Service '${spec.serviceName}', which gives the StatefulSet's pods their names.`,
        remedy: `Create it in '${place.namespace}' if other programs look the pod up by name.`,
        cluster: target.cluster,
        object: `Service ${place.namespace}/${spec.serviceName}`,
      },
    },
  ];
}

/** What the source's StatefulSet does with the claims of a pod that it lets go. */
function inspectClaims({ inventory, order }: TargetContext): Finding[] {
  const { workload, owner, cluster } = inventory.source;
  const { spec } = (workload ?? {}) as KubeStatefulSet;
  const isDeleted =
    spec?.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete' &&
    (spec.volumeClaimTemplates?.length ?? 0) > 0;
  if (!isDeleted) return [];
  return [
    {
      isBlocker: false,
      finding: {
        code: 'claims-deleted',
        message: `In '${cluster}' the StatefulSet '${owner?.name}' deletes the claims of pods that it lets go, and with '${order.pod}' the data in its.`,
        remedy:
          'Set persistentVolumeClaimRetentionPolicy.whenScaled to Retain if anybody needs the data there.',
        cluster,
      },
    },
  ];
}

function gone(name: string) {
  return {
    code: 'statefulset-gone',
    message: `The pod's StatefulSet '${name}' is being deleted.`,
    remedy: 'Let it end, or create it again.',
  };
}
