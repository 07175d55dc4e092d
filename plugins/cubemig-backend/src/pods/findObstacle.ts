import { Owner, Problem } from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod } from '../clusters';
import { findNodeObstacle } from './findNodeObstacle';
import { isPodReady, podStatus } from './podStatus';

/** Why a pod cannot be migrated now: what a look at the pod and its node tells. Undefined if nothing speaks against it. */
export function findObstacle(
  pod: KubePod,
  owner: Owner | undefined,
  node?: KubeNode,
): Problem | undefined {
  return (
    findStateObstacle(pod) ??
    findOwnerObstacle(pod, owner) ??
    findSpecObstacle(pod) ??
    (node && findNodeObstacle(node))
  );
}

function findStateObstacle(pod: KubePod): Problem | undefined {
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
  if (!isPodReady(pod)) {
    return {
      code: 'pod-not-ready',
      message: `The pod is not ready (${podStatus(pod)}).`,
      remedy:
        'Wait until all its containers are ready: an unready pod would not become ready by moving.',
    };
  }
  return undefined;
}

function findOwnerObstacle(
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
  if (!owner || owner.kind === 'Deployment') return undefined;
  return {
    code: 'owner-unsupported',
    message: `The pod belongs to the ${owner.kind} '${owner.name}'; only pods of Deployments and bare pods can be migrated so far.`,
    remedy:
      owner.kind === 'DaemonSet'
        ? 'A DaemonSet runs on every node of the target too: there is nothing to move.'
        : 'Run the workload as a Deployment if it allows that.',
  };
}

function findSpecObstacle({ spec }: KubePod): Problem | undefined {
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
  const sidecar = spec?.initContainers?.find(c => c.restartPolicy === 'Always');
  if (sidecar) {
    return {
      code: 'sidecar-unsupported',
      message: `The sidecar '${sidecar.name}' is an init container that goes on running; those cannot be migrated yet.`,
      remedy: 'Run it as an ordinary container of the pod.',
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
