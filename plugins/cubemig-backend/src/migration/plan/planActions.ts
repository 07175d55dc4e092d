import { PlannedAction } from '@cubemig/plugin-cubemig-common';
import { stringify } from 'yaml';
import { Companion } from '../objects';
import { hostOf, rulesFor } from '../steps/traffic';
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
    ...planFollowers(context),
  ];
}

/** What comes of the rest of the workload is not this migration's doing any more, nor is it taken back with it. */
function planFollowers({ inventory, order }: PlanContext): PlannedAction[] {
  const { followers = [], cluster } = inventory.source;
  return followers.map(pod => ({
    step: 'clean-up',
    verb: 'create',
    cluster,
    kind: 'Migration',
    namespace: order.namespace,
    name: pod,
    description: 'Follows as a migration of its own, when its turn comes',
    isUndone: false,
  }));
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
  const { source } = context.inventory;
  const strategy = strategyOf(source.owner);
  const planned = strategy?.plan(context, migration) ?? [];
  // What is not taken back is what the source loses: last of all.
  const joining = planned.filter(({ isUndone }) => isUndone);
  const leaving = planned.filter(({ isUndone }) => !isUndone);
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
    ...joining,
    ...planTraffic(context),
    ...leaving,
  ];
}

/** Routes and webhooks have their turn when the target serves, and before the source goes. */
function planTraffic({
  config,
  inventory,
  order,
  place,
}: TargetContext): PlannedAction[] {
  const { source } = inventory;
  const { routes, webhooks } = rulesFor(config.migration, {
    namespace: order.namespace,
    pod: order.pod,
    owner: source.owner,
  });
  return [
    ...routes.map(
      ({ cluster, kind, namespace, name, patch }): PlannedAction => ({
        step: 'cut-over',
        verb: 'change',
        cluster: cluster === 'source' ? source.cluster : place.cluster,
        kind,
        namespace,
        name,
        description: 'Send traffic to the target, as config says',
        isUndone: true,
        manifest: stringify(patch),
      }),
    ),
    ...webhooks.map(
      (webhook): PlannedAction => ({
        step: 'cut-over',
        verb: 'call',
        kind: 'Webhook',
        name: hostOf(webhook),
        description: 'Tell it of the cut-over',
        isUndone: true,
      }),
    ),
  ];
}
