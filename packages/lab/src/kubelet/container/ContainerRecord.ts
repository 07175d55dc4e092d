/** `state` of a container status; times are RFC 3339. */
export interface ContainerStateFacts {
  waiting?: { reason: string; message?: string };
  running?: { startedAt: string };
  terminated?: {
    exitCode: number;
    reason: string;
    message?: string;
    startedAt: string;
    finishedAt: string;
    containerID: string;
  };
}

/** What the kubelet knows of one container of a pod. */
export interface ContainerRecord {
  name: string;
  state: ContainerStateFacts;
  lastState: ContainerStateFacts;
  restartCount: number;
  /** As the status shows it; of a restored container the base image's. */
  image: string;
  /** `repository@sha256:...`; empty until a container exists. */
  imageID: string;
  /** The runtime's id, without its scheme. */
  containerId?: string;
  /** Whether its readiness probe says so; true without one. */
  passesReadiness: boolean;
  /** Whether its startup probe has passed; true without one. */
  hasStarted: boolean;
}

/** A container that nothing has been done for. */
export function newContainerRecord(
  { name, image }: { name: string; image: string },
  reason: string,
): ContainerRecord {
  return {
    name,
    state: { waiting: { reason } },
    lastState: {},
    restartCount: 0,
    image,
    imageID: '',
    passesReadiness: false,
    hasStarted: false,
  };
}
