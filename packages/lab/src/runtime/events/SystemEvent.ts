/** A process as a probe in the kernel sees it at the time of an event. */
export interface SeenProcess {
  pid: number;
  /** What it was called with; the first is `proc.exe`. */
  argv: string[];
  /** As /proc/<pid>/comm. */
  name: string;
  /** The executable file that it runs. */
  executable: string;
  workingDirectory: string;
  uid: number;
  /** Device number of its terminal; 0 without one. */
  terminal: number;
  /** Parent first, then its parent ... */
  ancestors: { name: string; argv: string[] }[];
}

/** Both ends of a connected internet socket. */
export interface SeenConnection {
  protocol: 'tcp' | 'udp';
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
}

/** A system call that succeeded. */
export type SystemCall =
  /** `isAdded`: the executable did not come with the image (overlayfs: it lies in the upper layer). */
  | { type: 'execve'; isAdded: boolean }
  | {
      type: 'openat';
      path: string;
      access: 'read' | 'write';
      truncates: boolean;
    }
  | { type: 'unlinkat'; path: string }
  | { type: 'connect'; connection: SeenConnection }
  /** A socket became one of the process's first descriptors. */
  | { type: 'dup2'; descriptor: number; connection: SeenConnection }
  | { type: 'ptrace'; request: string };

/** What a process did. */
export interface SeenCall {
  process: SeenProcess;
  call: SystemCall;
}

/** Which container it did it in. */
export interface SeenContainer {
  /** 64 hex digits. */
  id: string;
  name: string;
  /** As the pod names it. */
  image: string;
  podName: string;
  podNamespace: string;
}

/** What a node's runtime saw; without a container a process of the node itself did it. */
export interface SystemEvent extends SeenCall {
  /** Nanoseconds since 1970. */
  time: bigint;
  container?: SeenContainer;
}

/** Device number of the first pseudo terminal (major 136, minor 0), as Falco shows it. */
export const FIRST_TERMINAL = 34816;

/** Who starts a container's first process and what `kubectl exec` asks for: CRI-O's, outside of the container. */
export const MONITOR = { name: 'conmon', argv: ['/usr/bin/conmon'] };
