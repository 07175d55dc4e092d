import { Problem } from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod } from '../clusters';
import { findNodeObstacle, parseVersion } from './findNodeObstacle';
import { parseQuantity } from './parseQuantity';
import { isNodeReady } from './summarizeNode';
import { findSelectionObstacle } from './matchNode';

/** Kinds of taint that keep a pod away. */
const REPELLING = ['NoSchedule', 'NoExecute'];

/**
 * Everything that keeps a node from restoring a pod, as far as a look at the node tells: what else runs there only its scheduler knows.
 *
 * @param origin - the node that the checkpoint comes from, where it is known
 */
export function judgeNode(
  node: KubeNode,
  pod: KubePod,
  origin: KubeNode | undefined,
): Problem[] {
  return [
    findStandingObstacle(node),
    origin && findDifference(node, origin),
    findNodeObstacle(node),
    findRestoreObstacle(node),
    findTaintObstacle(node, pod),
    findSelectionObstacle(node, pod),
    findRoomObstacle(node, pod),
  ].filter(problem => problem !== undefined);
}

function findStandingObstacle(node: KubeNode): Problem | undefined {
  const state = (!isNodeReady(node) && 'not ready') || 'cordoned';
  if (isNodeReady(node) && !node.spec?.unschedulable) return undefined;
  return {
    code: 'no-node-fits',
    message: `Node '${node.metadata?.name}' is ${state}.`,
    remedy: 'Add or uncordon such a node, or choose another cluster.',
  };
}

function findDifference(node: KubeNode, origin: KubeNode): Problem | undefined {
  const here = node.status?.nodeInfo;
  const there = origin.status?.nodeInfo;
  const name = node.metadata?.name;
  if (!here || !there) return undefined;
  if (
    here.architecture !== there.architecture ||
    here.operatingSystem !== there.operatingSystem
  ) {
    return {
      code: 'no-node-fits',
      message: `Node '${name}' is ${here.operatingSystem}/${here.architecture}, the source's is ${there.operatingSystem}/${there.architecture}.`,
      remedy: `Use a node with the architecture ${there.architecture}, or choose another cluster.`,
    };
  }
  if (runtimeOf(here) !== runtimeOf(there)) {
    return {
      code: 'runtimes-differ',
      message: `Node '${name}' runs ${runtimeOf(
        here,
      )}, the source's runs ${runtimeOf(
        there,
      )}: neither restores from the other's checkpoints.`,
      remedy:
        'Choose a target cluster whose nodes run the same container runtime.',
    };
  }
  return undefined;
}

/** containerd restores from an image in 2.1 to 2.3 only; CRI-O does in every release that takes checkpoints. */
function findRestoreObstacle(node: KubeNode): Problem | undefined {
  const text = node.status?.nodeInfo?.containerRuntimeVersion ?? '';
  const [runtime, number] = text.split('://');
  const version = parseVersion(number);
  if (runtime !== 'containerd' || !version) return undefined;
  const [major, minor] = version;
  if (major === 2 && minor >= 1 && minor <= 3) return undefined;
  return {
    code: 'runtime-unsupported',
    message: `Node '${node.metadata?.name}' runs containerd ${number}, which restores nothing from an image.`,
    remedy: 'Use a target with CRI-O, or with containerd 2.1 to 2.3.',
  };
}

function findTaintObstacle(node: KubeNode, pod: KubePod): Problem | undefined {
  const taint = node.spec?.taints?.find(
    ({ key, value = '', effect }) =>
      REPELLING.includes(effect) &&
      !pod.spec?.tolerations?.some(
        t =>
          (!t.effect || t.effect === effect) &&
          (!t.key || t.key === key) &&
          (t.operator === 'Exists' || (t.value ?? '') === value),
      ),
  );
  if (!taint) return undefined;
  return {
    code: 'no-node-fits',
    message: `Node '${node.metadata?.name}' has the taint ${taint.key}${
      taint.value ? `=${taint.value}` : ''
    }:${taint.effect}, which the pod does not tolerate.`,
    remedy: 'Remove the taint, or give the workload a toleration for it.',
  };
}

function findRoomObstacle(node: KubeNode, pod: KubePod): Problem | undefined {
  const allocatable = node.status?.allocatable ?? {};
  const short = ['cpu', 'memory', 'ephemeral-storage'].find(resource => {
    const wanted = (pod.spec?.containers ?? []).reduce(
      (sum, { resources }) =>
        sum + parseQuantity(resources?.requests?.[resource] ?? 0),
      0,
    );
    return wanted > parseQuantity(allocatable[resource] ?? Infinity);
  });
  if (!short) return undefined;
  return {
    code: 'no-node-fits',
    message: `Node '${node.metadata?.name}' has ${allocatable[short]} of ${short} in all, the pod requests more.`,
    remedy: 'Add a larger node, or lower the requests.',
  };
}

function runtimeOf({ containerRuntimeVersion = '' }) {
  return containerRuntimeVersion.split('://')[0];
}
