import { Owner, Problem } from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod } from '../clusters';
import { findNodeObstacle } from './findNodeObstacle';
import { isPodReady, podStatus } from './podStatus';

/** Owners whose pods can move; all others would make a new pod in the old one's place, or none in the target. */
const MOVABLE_OWNERS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'Job'];

/** Why a pod cannot move now: what a look at the pod and its node tells. Undefined if nothing speaks against it. */
export function findObstacle(
  pod: KubePod,
  owner: Owner | undefined,
  node?: KubeNode,
): Problem | undefined {
  return (
    findStateObstacle(pod) ??
    findReadinessObstacle(pod) ??
    findOwnerObstacle(pod, owner) ??
    findPinObstacle(pod) ??
    (node && findNodeObstacle(node))
  );
}

/** Why no checkpoint can be taken of a pod in this state. */
export function findStateObstacle(pod: KubePod): Problem | undefined {
  if (pod.metadata?.deletionTimestamp) {
    return {
      code: 'pod-terminating',
      message: 'The pod is being deleted.',
      remedy: 'Choose another pod.',
    };
  }
  if (pod.status?.phase !== 'Running') {
    return {
      code: 'pod-not-running',
      message: `The pod is not running (${podStatus(pod)}).`,
      remedy:
        'Wait until it runs, or find out with kubectl describe why it does not.',
    };
  }
  return undefined;
}

/** Why nobody should wait for a copy of this pod to become ready. */
export function findReadinessObstacle(pod: KubePod): Problem | undefined {
  if (isPodReady(pod)) return undefined;
  return {
    code: 'pod-not-ready',
    message: `The pod is not ready (${podStatus(pod)}).`,
    remedy:
      'Wait until all its containers are ready: an unready pod would not become ready by moving.',
  };
}

/** Why the pod's owner would not let it go, or the target's not take it. */
export function findOwnerObstacle(
  pod: KubePod,
  owner: Owner | undefined,
): Problem | undefined {
  if (pod.metadata?.annotations?.['kubernetes.io/config.mirror']) {
    return {
      code: 'static-pod',
      message: 'The pod is a static pod: a file on its node makes it.',
      remedy: 'Move the manifest to another node by hand.',
    };
  }
  if (!owner || MOVABLE_OWNERS.includes(owner.kind)) return undefined;
  return {
    code: 'owner-unsupported',
    message: `The pod belongs to the ${owner.kind} '${owner.name}', whose pods cannot move.`,
    remedy:
      owner.kind === 'DaemonSet'
        ? 'A DaemonSet runs on every node of the target too: there is nothing to move. The modes copy and checkpoint take such a pod.'
        : `Pods of ${MOVABLE_OWNERS.join(
            ', ',
          )} and bare pods move; the modes copy and checkpoint take any.`,
  };
}

/** What of a pod is bound to its node, so that it cannot run elsewhere. */
export function findPinObstacle({ spec }: KubePod): Problem | undefined {
  if (spec?.hostNetwork || spec?.hostPID || spec?.hostIPC) {
    return {
      code: 'host-namespaces',
      message: "The pod shares its node's network, processes or IPC.",
      remedy: 'Run it without hostNetwork, hostPID and hostIPC.',
    };
  }
  const pinned = spec?.volumes?.find(v => v.hostPath);
  if (pinned) {
    return {
      code: 'host-volume',
      message: `The volume '${pinned.name}' is a directory of the pod's node.`,
      remedy: 'Use a volume that the target cluster can mount too.',
    };
  }
  if (spec?.resourceClaims?.length) {
    return {
      code: 'device-claims',
      message: 'The pod holds devices of its node (resourceClaims).',
      remedy:
        "A device's state cannot be checkpointed: run the pod without it.",
    };
  }
  return undefined;
}
