import { Problem } from '@cubemig/plugin-cubemig-common';
import { KubeNode } from '../clusters';

/** The feature gate ContainerCheckpoint is on by default since then. */
const KUBELET_FLOOR: Version = [1, 30];
/** The first releases that take checkpoints over the CRI. */
const RUNTIME_FLOORS: Record<string, Version> = {
  'cri-o': [1, 25],
  containerd: [2, 0],
};

export type Version = [major: number, minor: number];

/** Why no container of this node can be checkpointed; undefined if nothing speaks against it. */
export function findNodeObstacle(node: KubeNode): Problem | undefined {
  const name = node.metadata?.name;
  const { kubeletVersion = '', containerRuntimeVersion = '' } =
    node.status?.nodeInfo ?? {};
  const kubelet = parseVersion(kubeletVersion);
  if (kubelet && isOlder(kubelet, KUBELET_FLOOR)) {
    return {
      code: 'kubelet-too-old',
      message: `Node '${name}' runs Kubernetes ${kubeletVersion}, whose kubelet takes no checkpoints by default.`,
      remedy: `Upgrade the node to Kubernetes ${KUBELET_FLOOR.join(
        '.',
      )} or newer.`,
    };
  }
  const [runtime, version] = containerRuntimeVersion.split('://');
  const floor = RUNTIME_FLOORS[runtime];
  if (!floor) {
    return {
      code: 'runtime-unsupported',
      message: `Node '${name}' runs ${
        containerRuntimeVersion || 'an unknown container runtime'
      }, which takes no checkpoints for Kubernetes.`,
      remedy: 'Use nodes with CRI-O or containerd.',
    };
  }
  const found = parseVersion(version);
  if (found && isOlder(found, floor)) {
    return {
      code: 'runtime-too-old',
      message: `Node '${name}' runs ${runtime} ${version}, which takes no checkpoints.`,
      remedy: `Upgrade it to ${runtime} ${floor.join('.')} or newer.`,
    };
  }
  return undefined;
}

/** The first two numbers of a version. */
export function parseVersion(text: string | undefined): Version | undefined {
  const match = /^v?(\d+)\.(\d+)/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function isOlder([major, minor]: Version, floor: Version) {
  return major < floor[0] || (major === floor[0] && minor < floor[1]);
}
