import type { AddressSpace } from '../runtime/emulated/AddressSpace';

/** A connection of a program, as the kernel gives it; held still while its container is frozen. */
export interface Connection {
  onData(listener: (bytes: Buffer) => void): void;
  onClose(listener: () => void): void;
  write(bytes: Buffer): void;
  close(): void;
}

/** What a program can ask of the kernel it runs on. Nothing it does outlives its process. */
export interface SystemCalls {
  readonly pid: number;
  readonly memory: AddressSpace;
  /** From memory, as /proc/<pid>/cmdline. */
  argv(): string[];
  /** From memory, as /proc/<pid>/environ. */
  variable(name: string): string | undefined;
  /** One line to the standard output. */
  print(line: string): void;
  /** Writes a file of the container. */
  writeFile(path: string, content: string): void;
  /** A file of the container as text; undefined where there is none. */
  readFile(path: string): string | undefined;
  sleep(milliseconds: number, then: () => void): void;
  /** Starts a child; calls back with its exit code. */
  spawn(argv: string[], onExit: (exitCode: number) => void): void;
  /** Takes over children that were there before a checkpoint; calls back at the exit of each. Returns how many there are. */
  adoptChildren(onExit: (exitCode: number) => void): number;
  /** Accepts connections on the container's address. */
  listen(port: number, onConnection: (connection: Connection) => void): void;
  exit(code: number): void;
}

/**
 * A program of an emulated container. It keeps everything that must survive a checkpoint in `system.memory`; its closures are
 * only what a processor's registers would be, and are built anew by `resume`.
 */
export interface Program {
  /** Fresh after execve(2). */
  start(system: SystemCalls): void;
  /** In the middle of its life: memory, descriptors and children are there. */
  resume(system: SystemCalls): void;
  /** SIGTERM. The first process of a container ignores it unless it has a handler (pid_namespaces(7)). */
  onTerminate?(system: SystemCalls): void;
}
