import {
  findNodeObstacle,
  findOwnerObstacle,
  findPinObstacle,
  findReadinessObstacle,
  findStateObstacle,
} from '../../../pods';
import { blocker, Finding, PlanContext, warning } from '../PlanContext';

/** Whether checkpoints can be taken of the pod as it stands. Of a stored checkpoint there is nothing left to ask. */
export function inspectSource(context: PlanContext): Finding[] {
  const { order, inventory, pod } = context;
  const { cluster, node } = inventory.source;
  const about = { cluster, object: `Pod ${order.namespace}/${order.pod}` };
  const pin = findPinObstacle(pod);
  const isPinned =
    pin && order.mode !== 'checkpoint' && !(order.quarantine && isVolume(pin));
  const pinned = isPinned ? [blocker(pin, about)] : [];
  if (order.mode === 'restore') return pinned;
  const obstacles = [
    findStateObstacle(pod),
    order.mode === 'move'
      ? findOwnerObstacle(pod, inventory.source.owner)
      : undefined,
    node && findNodeObstacle(node),
  ].filter(problem => problem !== undefined);
  return [
    ...obstacles.map(problem => blocker(problem, about)),
    ...pinned,
    ...inspectHistory(context),
    ...inspectReadiness(context, about),
    ...inspectCourier(context),
    ...inspectRival(context, about),
  ];
}

function isVolume({ code }: { code: string }) {
  return code === 'host-volume';
}

function inspectHistory({ inventory, pod }: PlanContext): Finding[] {
  const { cluster, nodeTrouble } = inventory.source;
  if (!nodeTrouble) return [];
  const object = `Node ${pod.spec?.nodeName}`;
  return [warning(nodeTrouble, { cluster, object })];
}

function inspectReadiness(
  { order, pod }: PlanContext,
  about: { cluster: string; object: string },
): Finding[] {
  const problem = findStateObstacle(pod)
    ? undefined
    : findReadinessObstacle(pod);
  if (!problem) return [];
  return [
    order.mode === 'checkpoint'
      ? warning(problem, about)
      : blocker(problem, about),
  ];
}

function inspectCourier({ config, inventory }: PlanContext): Finding[] {
  const { hasCourier, cluster } = inventory.source;
  const { namespace, serviceAccount } = config.courier;
  if (hasCourier && !hasCourier.isReadable) {
    return [blocker(hasCourier.problem, { cluster })];
  }
  if (hasCourier?.value !== false) return [];
  return [
    blocker(
      {
        code: 'courier-not-installed',
        message: `The cluster '${cluster}' has no ServiceAccount '${serviceAccount}' in the namespace '${namespace}'.`,
        remedy: `Apply CubeMig's manifests (deploy/) to '${cluster}', or set cubemig.courier.namespace and .serviceAccount in app-config.`,
      },
      { cluster, object: `ServiceAccount ${namespace}/${serviceAccount}` },
    ),
  ];
}

function inspectRival(
  { inventory }: PlanContext,
  about: { cluster: string; object: string },
): Finding[] {
  const { rival } = inventory;
  if (!rival) return [];
  return [
    blocker(
      {
        code: 'migration-under-way',
        message: `Migration ${rival} of this pod is not over yet.`,
        remedy: 'Wait for it, or cancel it.',
      },
      about,
    ),
  ];
}
