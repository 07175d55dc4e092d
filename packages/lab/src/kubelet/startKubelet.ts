import type { LabCluster } from '../cluster/LabCluster';
import type { Faults } from '../faults/Faults';
import type { Registry } from '../registry/startRegistry';
import type { ContainerRuntime } from '../runtime/ContainerRuntime';

export interface KubeletOptions {
  cluster: LabCluster;
  nodeName: string;
  /** From 1. */
  nodeIndex: number;
  runtime: ContainerRuntime;
  /** Where `registry.lab/...` (and the registry's own host:port) is pulled from. */
  registry: Registry;
  /** A folder of this node alone: its root file system, images, pods and logs. */
  stateDir: string;
  faults: Faults;
  /** For tests; seconds. */
  backoff?: { initialSeconds: number; maxSeconds: number };
}

export interface Kubelet {
  nodeName: string;
  /** `https://<node address>:10250`. */
  url: string;
  /** Stops the kubelet and its runtime's containers; the Node object stays. */
  close(): Promise<void>;
}

/** Starts a node: registers it, serves the kubelet's API on its address, and runs the pods that are bound to it. */
export async function startKubelet(_options: KubeletOptions): Promise<Kubelet> {
  throw new Error('not written yet');
}
