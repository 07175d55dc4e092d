import type { KubeObject } from '../../api/ClusterStore';
import { tellAbout, type NodeContext } from '../NodeContext';
import { suffersFrom } from '../nodeFaults';
import { markFull, markUnreachable } from './taintNode';
import { nodeLabels, nodeStatus } from './nodeObject';

const HEARTBEAT_MS = 30_000;

/** Keeps the cluster's Node object: registers it and reports the node's state. */
export class NodeReporter {
  #heartbeat?: NodeJS.Timeout;
  #stopListening = () => {};

  constructor(
    private readonly node: NodeContext,
    private readonly stateDir: string,
  ) {}

  start(): void {
    this.#register();
    this.report();
    this.#heartbeat = setInterval(() => this.report(), HEARTBEAT_MS);
    this.#heartbeat.unref();
    this.#stopListening = this.node.faults.onChange(() => this.report());
    const object = this.#find();
    if (object) {
      tellAbout(this.node, object, 'Normal', 'Starting', 'Starting kubelet.');
      tellAbout(
        this.node,
        object,
        'Normal',
        'NodeReady',
        `Node ${this.node.nodeName} status is now: NodeReady`,
      );
    }
  }

  /** Writes the node's status as it is now. */
  report(): void {
    const isLost =
      suffersFrom(this.node, 'node-not-ready') ||
      suffersFrom(this.node, 'node-killed');
    this.node.store.mutate('Node', undefined, this.node.nodeName, object => {
      if (!isLost) {
        object.status = nodeStatus(this.#facts(), object.status);
      }
      markUnreachable(object, isLost);
      markFull(object, suffersFrom(this.node, 'node-full'));
    });
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#stopListening();
  }

  #register(): void {
    if (this.#find()) {
      return;
    }
    this.node.store.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: this.node.nodeName,
        labels: nodeLabels(this.#facts()),
        annotations: {
          'node.alpha.kubernetes.io/ttl': '0',
          'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
        },
      },
      spec: {},
    });
  }

  #find(): KubeObject | undefined {
    return this.node.store.get('Node', undefined, this.node.nodeName);
  }

  #facts() {
    const { nodeName, nodeAddress, runtime, images } = this.node;
    return {
      name: nodeName,
      address: nodeAddress,
      runtimeVersion: runtime.version,
      runtimeKind: runtime.kind,
      stateDir: this.stateDir,
      images: images.list(),
      isFull: suffersFrom(this.node, 'node-full'),
      now: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    };
  }
}
