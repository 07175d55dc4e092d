import { Node } from '@cubemig/plugin-cubemig-common';
import { KubeNode } from '../clusters';
import { findNodeObstacle } from './findNodeObstacle';

/** A node as CubeMig shows it. */
export function summarizeNode(node: KubeNode, cluster: string): Node {
  const info = node.status?.nodeInfo;
  return {
    cluster,
    name: node.metadata?.name ?? '',
    ready: isNodeReady(node),
    schedulable: !node.spec?.unschedulable,
    architecture: info?.architecture ?? '',
    kernelVersion: info?.kernelVersion ?? '',
    kubeletVersion: info?.kubeletVersion ?? '',
    containerRuntimeVersion: info?.containerRuntimeVersion ?? '',
    obstacle: findNodeObstacle(node),
  };
}

export function isNodeReady(node: KubeNode): boolean {
  return (
    node.status?.conditions?.some(
      c => c.type === 'Ready' && c.status === 'True',
    ) ?? false
  );
}
