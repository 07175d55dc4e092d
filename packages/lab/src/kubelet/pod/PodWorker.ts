import { promises as fs } from 'node:fs';
import type { KubeObject } from '../../api/ClusterStore';
import { ContainerWorker } from '../container/ContainerWorker';
import { ensureImage } from '../container/ensureImage';
import { tellAbout, type NodeContext } from '../NodeContext';
import { suffersFrom } from '../nodeFaults';
import type { NodePath } from '../NodePaths';
import { podStatus } from '../status/podStatus';
import { prepareVolumes } from '../volumes/prepareVolumes';
import { BackoffTimer, PodStopped, sleep } from './waiting';
import type { Sandbox } from '../../runtime/ContainerRuntime';

/** The life of one pod on a node, from its arrival until nothing of it is left there. */
export class PodWorker {
  readonly #stopping = new AbortController();
  readonly #initContainers: ContainerWorker[];
  readonly #containers: ContainerWorker[];
  readonly #startTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  #sandbox?: Sandbox;
  #hasSandbox = false;
  #isTerminal = false;
  #isGone = false;
  #life: Promise<void> = Promise.resolve();
  #termination?: Promise<void>;

  constructor(
    private readonly node: NodeContext,
    readonly pod: KubeObject,
    private readonly onError: (error: unknown) => void,
  ) {
    const workersOf = (containers: any[] = [], isInit: boolean) =>
      containers.map(
        container =>
          new ContainerWorker(node, pod, container, isInit, () =>
            this.#publish(),
          ),
      );
    this.#initContainers = workersOf(pod.spec.initContainers, true);
    this.#containers = workersOf(pod.spec.containers, false);
  }

  start(): void {
    this.#publish();
    this.#life = this.#live().catch(error => {
      if (!(error instanceof PodStopped)) {
        this.onError(error);
      }
    });
  }

  /** The runtime's id of a container that runs now. */
  runningContainer(name: string): string | undefined {
    const worker = [...this.#containers, ...this.#initContainers].find(
      ({ record }) => record.name === name,
    );
    return worker?.record.state.running && worker.record.containerId;
  }

  /** What is known of a container; undefined for a name that the pod does not have. */
  recordOf(name: string) {
    return [...this.#containers, ...this.#initContainers].find(
      ({ record }) => record.name === name,
    )?.record;
  }

  /** Stops its containers and takes the pod away; `graceSeconds` 0 kills. A second call has no effect but to wait. */
  terminate(graceSeconds: number): Promise<void> {
    this.#termination ??= this.#terminate(graceSeconds);
    return this.#termination;
  }

  /** After the node was killed, or has come back. */
  async feelNode(): Promise<void> {
    if (suffersFrom(this.node, 'node-killed')) {
      await Promise.all(
        [...this.#initContainers, ...this.#containers].map(w => w.kill()),
      );
    } else {
      this.#publish();
    }
  }

  /** The object is gone already: whatever runs is killed, and nobody is told. */
  forget(): Promise<void> {
    this.#isGone = true;
    return this.terminate(0);
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    const volumes = await this.#prepareVolumes(signal);
    const sandbox = await this.#createSandbox(signal);
    await this.#pullImageVolumes(volumes, signal);
    for (const worker of this.#initContainers) {
      if ((await worker.run({ sandbox, volumes }, signal)) !== 0) {
        await this.#finish();
        return;
      }
    }
    await Promise.all(
      this.#containers.map(worker => worker.run({ sandbox, volumes }, signal)),
    );
    await this.#finish();
  }

  async #prepareVolumes(signal: AbortSignal): Promise<Map<string, NodePath>> {
    const backoff = new BackoffTimer(this.node.backoff);
    for (;;) {
      try {
        return await prepareVolumes(this.node, this.pod);
      } catch (error) {
        tellAbout(
          this.node,
          this.pod,
          'Warning',
          'FailedMount',
          (error as Error).message,
        );
        await sleep(backoff.next(), signal);
      }
    }
  }

  async #createSandbox(signal: AbortSignal): Promise<Sandbox> {
    const { metadata, spec } = this.pod;
    const backoff = new BackoffTimer(this.node.backoff);
    for (;;) {
      try {
        const sandbox = await this.node.runtime.createSandbox({
          podNamespace: metadata.namespace ?? '',
          podName: metadata.name,
          podUid: metadata.uid,
          hostname: spec.hostNetwork
            ? this.node.nodeName
            : (spec.hostname ?? metadata.name).slice(0, 63),
          ...(spec.hostNetwork ? { hostAddress: this.node.nodeAddress } : {}),
          labels: metadata.labels ?? {},
          annotations: metadata.annotations ?? {},
        });
        this.#sandbox = sandbox;
        this.#hasSandbox = true;
        this.#publish();
        return sandbox;
      } catch (error) {
        tellAbout(
          this.node,
          this.pod,
          'Warning',
          'FailedCreatePodSandBox',
          `Failed to create pod sandbox: rpc error: code = Unknown desc = ${
            (error as Error).message
          }`,
        );
        await sleep(backoff.next(), signal);
      }
    }
  }

  /** Image volumes are pulled before any container is created, whether or not one mounts them. */
  async #pullImageVolumes(
    volumes: Map<string, NodePath>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const { name, image } of this.pod.spec.volumes ?? []) {
      if (image?.reference) {
        const stored = await ensureImage(
          this.node,
          this.pod,
          {
            reference: image.reference,
            pullPolicy: image.pullPolicy,
            onWaiting: (reason, message) =>
              this.#waitForVolume(reason, message),
          },
          signal,
        );
        volumes.set(name, {
          hostPath: stored.rootfs,
          nodePath: `/var/lib/containers/storage/overlay/${stored.id}/merged`,
        });
      }
    }
  }

  #waitForVolume(reason: string, message: string): void {
    for (const { record } of [...this.#initContainers, ...this.#containers]) {
      record.state = { waiting: { reason, message } };
    }
    this.#publish();
  }

  /** All containers have ended for good: the sandbox goes, the logs stay until the pod is deleted. */
  async #finish(): Promise<void> {
    this.#publish();
    await this.#removeSandbox();
    this.#publish();
  }

  async #terminate(graceSeconds: number): Promise<void> {
    this.#stopping.abort();
    await Promise.all(
      [...this.#initContainers, ...this.#containers].map(worker =>
        worker.stop(graceSeconds),
      ),
    );
    await this.#life;
    await this.#removeSandbox();
    this.#isTerminal = true;
    const { metadata } = this.pod;
    if (!this.#isGone) {
      this.#publish();
      this.node.store.delete('Pod', metadata.namespace, metadata.name, {
        uid: metadata.uid,
        gracePeriodSeconds: 0,
      });
    }
    const { paths } = this.node;
    const logs = paths.podLogs(
      metadata.namespace ?? '',
      metadata.name,
      metadata.uid,
    );
    for (const { hostPath } of [paths.pod(metadata.uid), logs]) {
      await fs.rm(hostPath, { recursive: true, force: true });
    }
  }

  async #removeSandbox(): Promise<void> {
    if (this.#sandbox && this.#hasSandbox) {
      this.#hasSandbox = false;
      await this.node.runtime.removeSandbox(this.#sandbox.id);
    }
  }

  #publish(): void {
    if (this.#isGone || suffersFrom(this.node, 'node-killed')) {
      return;
    }
    const { metadata } = this.pod;
    const facts = {
      hostIP: this.node.nodeAddress,
      podIP: this.#sandbox?.address,
      hasSandbox: this.#hasSandbox,
      startTime: this.#startTime,
      initContainers: this.#initContainers.map(({ record }) => record),
      containers: this.#containers.map(({ record }) => record),
      runtimeName: this.node.runtime.version.split(':')[0],
      isTerminal: this.#isTerminal,
    };
    this.node.store.mutate(
      'Pod',
      metadata.namespace,
      metadata.name,
      pod => {
        const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
        pod.status = podStatus(pod, facts, now);
      },
      { uid: metadata.uid },
    );
  }
}
