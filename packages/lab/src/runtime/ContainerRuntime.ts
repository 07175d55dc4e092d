import type { SystemEvent } from './events/SystemEvent';
import type { CommandStreams } from './RunningContainer';

/** What a pod's containers share: an address and a hostname. */
export interface SandboxSpec {
  podNamespace: string;
  podName: string;
  podUid: string;
  hostname: string;
  /** The address of a pod in its node's network; without it the runtime gives the pod one of its own. */
  hostAddress?: string;
  /** Labels and annotations of the pod, as CRI-O writes them into `spec.dump`. */
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export interface Sandbox {
  /** 64 hex digits. */
  id: string;
  spec: SandboxSpec;
  /** The pod's address: a loopback address of its own, or what the runtime's network gave it. */
  address: string;
}

/** A file or folder of the node, seen in the container at another place. Both paths are absolute; the node's is a real path of this machine. */
export interface ContainerMount {
  containerPath: string;
  hostPath: string;
  /** The path that the node would call it, as CRI-O writes it into `spec.dump` and `bind.mounts`. */
  nodePath: string;
  readOnly: boolean;
}

/** The image a container is made of, as a node's image store holds it. */
export interface ContainerImage {
  /** The config's sha256 in hex, without prefix: what CRI-O calls the image's ID. */
  id: string;
  /** The name the pod asked for, for example `registry.lab/demo/counter:1`. */
  reference: string;
  /** `repository@sha256:<manifest digest>`. */
  repoDigest: string;
  /** Folder of this machine with the image's files. Shared by containers: never written to. */
  rootfs: string;
  entrypoint: string[];
  command: string[];
  /** `NAME=value`. */
  environment: string[];
  workingDirectory: string;
  user: string;
}

export interface ContainerSpec {
  sandboxId: string;
  /** The container's name in its pod. */
  name: string;
  /** 0 for the first, then 1, 2 ...: how often it was restarted. */
  attempt: number;
  image: ContainerImage;
  /** The pod's `command` and `args`, `$(VAR)` already expanded; empty means the image's. */
  command: string[];
  args: string[];
  /** The pod's variables in order; the runtime puts the image's before them. */
  environment: { name: string; value: string }[];
  workingDirectory?: string;
  mounts: ContainerMount[];
  /** Where the log is written, in the CRI format: `<time> stdout F <line>`. A real path of this machine. */
  logPath: string;
  /** The path that the node would call it. */
  nodeLogPath: string;
  /** `io.kubernetes.container.*`, as the kubelet hands them to the runtime. */
  annotations: Record<string, string>;
  securityContext?: { runAsUser?: number; runAsGroup?: number };
}

export type ContainerPhase = 'created' | 'running' | 'exited';

export interface ContainerState {
  id: string;
  spec: ContainerSpec;
  phase: ContainerPhase;
  createdAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
  /** 128 + signal for a killed process. */
  exitCode?: number;
}

/** What went wrong in the runtime; its message is what CRI-O says, and what the kubelet repeats in events and statuses. */
export class RuntimeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuntimeError';
  }
}

/**
 * One node's container runtime, in the shape of Kubernetes' CRI. A container is created, started, exits and is removed; it can be
 * checkpointed while it runs, and a container can be created from a checkpoint instead of from its image's command.
 * What cannot be done is thrown as `RuntimeError`.
 */
export interface ContainerRuntime {
  /** `nodeInfo.containerRuntimeVersion`, for example `cri-o://1.37.0`; its scheme is that of container IDs in statuses. */
  readonly version: string;
  /** The node's label `cubemig.io/lab-runtime`. */
  readonly kind: 'emulated' | 'criu';

  createSandbox(spec: SandboxSpec): Promise<Sandbox>;
  /** Stops and removes what still runs in it, and frees its address. */
  removeSandbox(sandboxId: string): Promise<void>;

  /** Returns the container's id, 64 hex digits. */
  createContainer(spec: ContainerSpec): Promise<string>;
  startContainer(containerId: string): Promise<void>;
  /** SIGTERM, after `graceSeconds` SIGKILL; resolves when the container has exited. */
  stopContainer(containerId: string, graceSeconds: number): Promise<void>;
  /** Kills it if it runs, and forgets it. Its log stays. */
  removeContainer(containerId: string): Promise<void>;
  container(containerId: string): ContainerState | undefined;
  /** Calls back when a container's first process has ended; returns how to stop. */
  onExit(listener: (state: ContainerState) => void): () => void;

  /** Calls back at what the containers' processes do, as far as it can be seen; returns how to stop. */
  onSystemEvent(listener: (event: SystemEvent) => void): () => void;

  /** Runs a command in a running container; resolves with its exit code. */
  executeCommand(
    containerId: string,
    argv: string[],
    streams: CommandStreams,
  ): Promise<number>;
  /**
   * Writes the container's processes into an archive in CRI-O's layout. The container is held still meanwhile and runs on afterwards.
   * A checkpoint of a container that is being checkpointed fails with `cannot pause a paused container`.
   */
  checkpointContainer(containerId: string, archivePath: string): Promise<void>;
  /**
   * Creates a container from an archive. `spec.image` is the base image; command, environment and memory come from
   * the archive; the log begins with the archive's. `startContainer` then lets it run on from where it was.
   */
  restoreContainer(spec: ContainerSpec, archivePath: string): Promise<string>;

  /** Kills all containers. */
  close(): Promise<void>;
}
