import type { KubeObject } from '../../api/ClusterStore';
import type { StoredImage } from '../../images/StoredImage';
import type {
  ContainerSpec,
  ContainerState,
  Sandbox,
} from '../../runtime/ContainerRuntime';
import { tellAbout, type NodeContext } from '../NodeContext';
import { disturbRestore, nodeTime, untilAlive } from '../nodeFaults';
import type { NodePath } from '../NodePaths';
import { BackoffTimer, PodStopped, sleep, unlessStopped } from '../pod/waiting';
import { ContainerRecord, newContainerRecord } from './ContainerRecord';
import { composeContainer } from './containerSpec';
import { ensureImage } from './ensureImage';
import { ContainerConfigError } from './environment';
import { exitOf } from './exitOf';
import { checkRestore } from './restoreRules';
import { runProbes } from './runProbes';
import { readTerminationMessage } from './terminationMessage';

/** After so long a run the next restart is not held back any more. */
const STEADY_SECONDS = 60;

/** What a container's pod has ready for it. */
export interface PodSurroundings {
  sandbox: Sandbox;
  volumes: Map<string, NodePath>;
}

/** The life of one container of a pod: image, creation or restore, run, end, restart. */
export class ContainerWorker {
  readonly record: ContainerRecord;
  readonly #fieldPath: string;
  readonly #crashes: BackoffTimer;
  readonly #failures: BackoffTimer;
  /** Set once the pod is being stopped; seconds. */
  #grace?: number;

  constructor(
    private readonly node: NodeContext,
    private readonly pod: KubeObject,
    /** The container in the pod's spec. */
    private readonly container: any,
    private readonly isInit: boolean,
    /** Told after every change of the record. */
    private readonly onChange: () => void,
  ) {
    const isBehindInit = !isInit && (pod.spec.initContainers ?? []).length > 0;
    this.record = newContainerRecord(
      container,
      isInit || isBehindInit ? 'PodInitializing' : 'ContainerCreating',
    );
    this.#fieldPath = `spec.${isInit ? 'initContainers' : 'containers'}{${
      container.name
    }}`;
    this.#crashes = new BackoffTimer(node.backoff);
    this.#failures = new BackoffTimer(node.backoff);
  }

  /** Runs it until it has ended for good; returns its last exit code. Rejects with `PodStopped` when the pod is stopped before that. */
  async run(
    surroundings: PodSurroundings,
    signal: AbortSignal,
  ): Promise<number> {
    for (;;) {
      const exitCode = await this.#runOnce(surroundings, signal);
      if (!this.#isToBeRestarted(exitCode) || signal.aborted) {
        return exitCode;
      }
      await this.#waitForRestart(signal);
    }
  }

  /** Stops it gracefully; one that is just being started, as soon as it runs. */
  async stop(graceSeconds: number): Promise<void> {
    this.#grace = graceSeconds;
    const { containerId, state } = this.record;
    if (containerId && state.running) {
      this.#tell(
        'Normal',
        'Killing',
        `Stopping container ${this.container.name}`,
      );
      await this.node.runtime.stopContainer(containerId, graceSeconds);
    }
  }

  /** As if the node had lost its power: it dies, and nobody is told. */
  async kill(): Promise<void> {
    const { containerId, state } = this.record;
    if (containerId && state.running) {
      await this.node.runtime.stopContainer(containerId, 0);
    }
  }

  async #runOnce(
    surroundings: PodSurroundings,
    signal: AbortSignal,
  ): Promise<number> {
    for (;;) {
      const image = await ensureImage(
        this.node,
        this.pod,
        {
          reference: this.container.image,
          pullPolicy: this.container.imagePullPolicy,
          fieldPath: this.#fieldPath,
          onWaiting: (reason, message) => this.#wait(reason, message),
        },
        signal,
      );
      if (signal.aborted) {
        throw new PodStopped();
      }
      const started = await this.#start(image, surroundings);
      if (started) {
        return this.#watch(started, surroundings, signal);
      }
      await sleep(this.#failures.next(), signal);
    }
  }

  /** Creates or restores it and lets it run; undefined if that failed, which the record and an Event then tell. */
  async #start(image: StoredImage, surroundings: PodSurroundings) {
    const { node, container, pod, record } = this;
    let failure = 'CreateContainerError';
    let containerId: string | undefined;
    try {
      const { spec, messagePath } = await composeContainer(node, {
        pod,
        container,
        attempt: record.restartCount,
        image,
        ...surroundings,
      });
      const archive = image.checkpointArchive;
      const asked = archive
        ? await checkRestore(spec, image, archive, node.images)
        : spec;
      if (archive) {
        failure = 'RunContainerError';
        disturbRestore(node, container.name);
        containerId = await node.runtime.restoreContainer(asked, archive);
      } else {
        containerId = await node.runtime.createContainer(asked);
      }
      this.#tell('Normal', 'Created', 'Container created');
      failure = 'RunContainerError';
      const exited = exitOf(node, containerId);
      await node.runtime.startContainer(containerId);
      this.#tell('Normal', 'Started', 'Container started');
      return { containerId, spec: asked, messagePath, exited };
    } catch (error) {
      if (containerId) {
        await node.runtime.removeContainer(containerId);
      }
      const reason =
        error instanceof ContainerConfigError
          ? 'CreateContainerConfigError'
          : failure;
      const { message } = error as Error;
      this.#tell('Warning', 'Failed', `Error: ${message}`);
      this.#wait(reason, message);
      return undefined;
    }
  }

  async #watch(
    started: {
      containerId: string;
      spec: ContainerSpec;
      messagePath: string;
      exited: Promise<ContainerState>;
    },
    { sandbox }: PodSurroundings,
    signal: AbortSignal,
  ): Promise<number> {
    const { containerId, spec, messagePath } = started;
    const { record, container } = this;
    const state = this.node.runtime.container(containerId);
    const startedAt = this.#time(state?.startedAt);
    const began = Date.now();
    const probing = new AbortController();
    const stopProbing = () => probing.abort();
    signal.addEventListener('abort', stopProbing);
    Object.assign(record, {
      containerId,
      image: spec.image.reference,
      imageID: spec.image.repoDigest,
      state: { running: { startedAt } },
      hasStarted: !container.startupProbe,
      passesReadiness: !container.startupProbe && !container.readinessProbe,
    });
    this.#failures.reset();
    this.onChange();
    if (this.#grace !== undefined) {
      await this.stop(this.#grace);
    }
    runProbes(container, sandbox.address, probing.signal, {
      onStarted: () => this.#change({ hasStarted: true }),
      onReadiness: passesReadiness => this.#change({ passesReadiness }),
      onFailure: (kind, message) =>
        this.#tell('Warning', 'Unhealthy', `${kind} probe failed: ${message}`),
      onUnhealthy: kind => {
        this.#tell(
          'Normal',
          'Killing',
          `Container ${container.name} failed ${kind} probe, will be restarted`,
        );
        this.node.runtime
          .stopContainer(
            containerId,
            this.pod.spec.terminationGracePeriodSeconds ?? 30,
          )
          .catch(() => {});
      },
    });

    const end = await started.exited;
    signal.removeEventListener('abort', stopProbing);
    stopProbing();
    const exitCode = end.exitCode ?? 137;
    const message = await readTerminationMessage(
      messagePath,
      spec.logPath,
      container.terminationMessagePolicy,
      exitCode,
    );
    const { runtime } = this.node;
    this.#change({
      passesReadiness: false,
      state: {
        terminated: {
          exitCode,
          reason: exitCode === 0 ? 'Completed' : 'Error',
          ...(message ? { message } : {}),
          startedAt,
          finishedAt: this.#time(end.finishedAt),
          containerID: `${runtime.version.split(':')[0]}://${containerId}`,
        },
      },
    });
    await runtime.removeContainer(containerId);
    if (Date.now() - began > STEADY_SECONDS * 1000) {
      this.#crashes.reset();
    }
    return exitCode;
  }

  #isToBeRestarted(exitCode: number): boolean {
    const policy = this.pod.spec.restartPolicy ?? 'Always';
    if (policy === 'Never') {
      return false;
    }
    // An init container that has done its work is never run again.
    return exitCode !== 0 || (policy === 'Always' && !this.isInit);
  }

  async #waitForRestart(signal: AbortSignal): Promise<void> {
    await unlessStopped(untilAlive(this.node), signal);
    const { record, pod, container } = this;
    const wait = this.#crashes.next();
    const { name, namespace, uid } = pod.metadata;
    record.lastState = record.state;
    this.#tell(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container.name} in pod ${name}_${namespace}(${uid})`,
    );
    this.#wait(
      'CrashLoopBackOff',
      `back-off ${wait}s restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
    );
    await sleep(wait, signal);
    record.restartCount += 1;
  }

  /** As the node's clock shows it; RFC 3339 in whole seconds, as Kubernetes' metav1.Time. */
  #time(time?: Date): string {
    return nodeTime(this.node, time)
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }

  #wait(reason: string, message: string): void {
    this.#change({ state: { waiting: { reason, message } } });
  }

  #change(change: Partial<ContainerRecord>): void {
    Object.assign(this.record, change);
    this.onChange();
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    tellAbout(this.node, this.pod, type, reason, message, this.#fieldPath);
  }
}
