import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import { Companion } from '../objects';
import { strategyOf, toYaml } from '../steps/workloads';
import { isCopied } from './compareReferences';
import { PlanContext, TargetContext } from './PlanContext';
import {
  planContainment,
  planCourier,
  planPrePull,
  planRestoredPod,
} from './plannedObjects';

/** What a migration will do to the world, in the order in which it does it. */
export function planActions(
  context: PlanContext,
  target: TargetContext | undefined,
  migration: string,
): PlannedAction[] {
  return [
    ...(target ? planPrePull(target, migration) : []),
    ...(context.order.mode === 'restore'
      ? []
      : planCourier(context, migration)),
    ...planContainment(context, migration),
    ...(target ? planRestore(target, migration) : []),
    ...(target && context.order.mode === 'move'
      ? planCutOver(target, migration)
      : []),
  ];
}

function planRestore(
  context: TargetContext,
  migration: string,
): PlannedAction[] {
  const { cluster, namespace } = context.place;
  const { pod, companions } = planRestoredPod(context, migration);
  const copies = context.target.references
    .filter(reference => isCopied(reference, context))
    .map(({ kind, name }): PlannedAction => {
      const description = `Copy the ${kind} ${name} from ${context.order.sourceCluster}`;
      return {
        ...{ step: 'restore', verb: 'create', isUndone: true, description },
        ...{ cluster, kind, namespace, name },
      };
    });
  const make = (
    { kind, object }: Companion,
    description: string,
  ): PlannedAction => ({
    step: 'restore',
    verb: 'create',
    cluster,
    kind,
    namespace,
    name: object.metadata?.name ?? '',
    description,
    isUndone: true,
    manifest: toYaml(kind, object),
  });
  return [
    ...copies,
    ...companions.map(companion => make(companion, describe(companion))),
    make(
      { kind: 'Pod', object: pod },
      'Restore the processes in a pod of the target',
    ),
  ];
}

function describe({ kind }: Companion) {
  if (kind === 'NetworkPolicy') return 'Forbid the pod all traffic';
  if (kind === 'ServiceAccount') return 'An account without rights or token';
  return 'An empty twin of a Secret or ConfigMap';
}

function planCutOver(
  context: TargetContext,
  migration: string,
): PlannedAction[] {
  const { cluster, namespace, pod } = context.place;
  const strategy = strategyOf(context.inventory.source.owner);
  return [
    {
      step: 'cut-over',
      verb: 'change',
      cluster,
      kind: 'Pod',
      namespace,
      name: pod,
      description: 'Open the restored pod to traffic',
      isUndone: true,
    },
    ...(strategy?.plan(context, migration) ?? []),
  ];
}
