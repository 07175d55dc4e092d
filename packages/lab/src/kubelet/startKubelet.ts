import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { LabCluster } from '../cluster/LabCluster';
import type { Faults } from '../faults/Faults';
import { ImageStore } from '../images/ImageStore';
import type { Registry } from '../registry/startRegistry';
import type { ContainerRuntime } from '../runtime/ContainerRuntime';
import { NodeReporter } from './node/NodeReporter';
import type { Backoff, NodeContext } from './NodeContext';
import { NodePaths } from './NodePaths';
import { PodWorkers } from './pod/PodWorkers';
import { startServer } from './server/startServer';

/** A tenth of a real kubelet's: who watches a demonstration does not wait for ten seconds. */
const DEFAULT_BACKOFF: Backoff = { initialSeconds: 1, maxSeconds: 30 };

export interface KubeletOptions {
  cluster: LabCluster;
  nodeName: string;
  /** From 1. */
  nodeIndex: number;
  runtime: ContainerRuntime;
  /** Where `registry.lab/...` (and the registry's own host:port) is pulled from. */
  registry: Registry;
  /** A folder of this node alone: its root file system, images, pods and logs. Emptied at the start. */
  stateDir: string;
  faults: Faults;
  /** Where the cluster's persistent volumes lie, for all its nodes; a folder of this node alone where it is not given. */
  volumesDir?: string;
  /** How long failed pulls, crashed and failed containers wait. */
  backoff?: Backoff;
  /** Told what goes wrong inside the kubelet. */
  onError?: (error: unknown) => void;
}

export interface Kubelet {
  nodeName: string;
  /** `https://<node address>:10250`. */
  url: string;
  /** Kills the node's pods and stops the kubelet; the objects stay. The runtime is its owner's to close. */
  close(): Promise<void>;
}

/** Starts a node: registers it, serves the kubelet's API on its address, and runs the pods that are bound to it. */
export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const { cluster, nodeName, nodeIndex, runtime, registry, stateDir, faults } =
    options;
  await fs.rm(stateDir, { recursive: true, force: true });
  await fs.mkdir(stateDir, { recursive: true });
  const node: NodeContext = {
    cluster,
    store: cluster.store,
    nodeName,
    nodeAddress: cluster.nodeAddress(nodeIndex),
    paths: new NodePaths(join(stateDir, 'root')),
    volumesDir: options.volumesDir ?? join(stateDir, 'volumes'),
    images: await ImageStore.create(join(stateDir, 'images'), registry),
    runtime,
    faults,
    backoff: options.backoff ?? DEFAULT_BACKOFF,
  };
  const onError =
    options.onError ??
    (error => process.stderr.write(`${nodeName}: ${error}\n`));
  const reporter = new NodeReporter(node, stateDir);
  const pods = new PodWorkers(node, onError);
  const server = await startServer(node, pods);
  reporter.start();
  const stopListening = node.images.onChange(() => reporter.report());
  pods.start();
  return {
    nodeName,
    url: server.url,
    async close() {
      stopListening();
      reporter.close();
      await pods.close();
      await server.close();
    },
  };
}
