import type { ClusterStore, KubeObject } from '../api/ClusterStore';
import type { LabCluster } from '../cluster/LabCluster';
import { recordEvent } from '../controllers/recordEvent';
import type { Faults } from '../faults/Faults';
import type { ImageStore } from '../images/ImageStore';
import type { ContainerRuntime } from '../runtime/ContainerRuntime';
import type { NodePaths } from './NodePaths';

/** Waiting times between failed attempts: the first, and the longest they double to. */
export interface Backoff {
  initialSeconds: number;
  maxSeconds: number;
}

/** A node's parts, as its pods use them. */
export interface NodeContext {
  cluster: LabCluster;
  store: ClusterStore;
  nodeName: string;
  nodeAddress: string;
  paths: NodePaths;
  /** A folder of this machine with the cluster's persistent volumes, one folder each. */
  volumesDir: string;
  images: ImageStore;
  runtime: ContainerRuntime;
  faults: Faults;
  backoff: Backoff;
}

/** Records an Event in the kubelet's name. */
export function tellAbout(
  node: NodeContext,
  object: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  fieldPath?: string,
): void {
  recordEvent(node.store, object, {
    type,
    reason,
    message,
    component: 'kubelet',
    host: node.nodeName,
    ...(fieldPath ? { fieldPath } : {}),
  });
}
