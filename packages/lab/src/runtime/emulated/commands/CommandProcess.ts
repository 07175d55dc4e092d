import { posix } from 'node:path';
import {
  MONITOR,
  type SeenProcess,
  type SystemCall,
} from '../../events/SystemEvent';
import type { CommandHost } from './CommandHost';
import { Descriptor, NULL_DEVICE, Source } from './Descriptor';
import { listProcessFolder, readProcessFile } from './processFiles';

/** TASK_COMM_LEN without its zero. */
const MAX_NAME_LENGTH = 15;

/** An error of a system call; its message is what strerror(3) says. */
export class SystemError extends Error {}

export type OpenMode = 'read' | 'write' | 'append';

/**
 * A process that runs a command in an emulated container: short-lived, and no part of a checkpoint. What it does to files and sockets
 * goes through here, where it is seen as a probe in the kernel would see it.
 */
export class CommandProcess {
  readonly pid: number;
  descriptors = new Map<number, Descriptor>();
  argv: string[] = [];
  executable = '';
  environment: Map<string, string>;
  workingDirectory: string;
  terminal = 0;
  /** The process that its client waits for; those in the background have none but themselves. */
  leader: CommandProcess;
  readonly #onKill = new Set<() => void>();
  #isKilled = false;

  constructor(
    readonly host: CommandHost,
    options: { environment: Map<string, string>; workingDirectory: string },
    readonly parent?: CommandProcess,
  ) {
    this.pid = host.takePid();
    this.environment = new Map(options.environment);
    this.workingDirectory = options.workingDirectory;
    this.leader = parent?.leader ?? this;
    host.commands.set(this.pid, this);
  }

  get name(): string {
    return posix.basename(this.executable).slice(0, MAX_NAME_LENGTH);
  }

  fork(): CommandProcess {
    const child = new CommandProcess(this.host, this, this);
    child.argv = this.argv;
    child.executable = this.executable;
    child.terminal = this.terminal;
    this.descriptors.forEach((descriptor, number) =>
      child.descriptors.set(number, descriptor),
    );
    return child;
  }

  /** Finds and begins an executable file; returns its content. */
  execve(argv: string[]): Buffer {
    const found = this.host.files.findExecutable(
      argv[0],
      this.variables(),
      this.workingDirectory,
    );
    if (!found) {
      throw new SystemError(
        argv[0].includes('/') ? 'No such file or directory' : 'not found',
      );
    }
    this.argv = argv;
    this.executable = found.path;
    const isAdded = this.host.files.isWritten(found.path);
    this.#see({ type: 'execve', isAdded });
    return found.content;
  }

  exit(): void {
    this.host.commands.delete(this.pid);
    this.#onKill.clear();
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  /** Calls back when the process is killed; returns how to stop. */
  whenKilled(listener: () => void): () => void {
    this.#onKill.add(listener);
    return () => this.#onKill.delete(listener);
  }

  kill(): void {
    this.#isKilled = true;
    this.#onKill.forEach(listener => listener());
    this.#onKill.clear();
  }

  open(path: string, mode: OpenMode): Descriptor {
    const { files } = this.host;
    const absolute = this.resolve(path);
    if (absolute === '/dev/null') {
      return NULL_DEVICE;
    }
    const processFile =
      mode === 'read' ? readProcessFile(this.host, absolute) : undefined;
    if (processFile) {
      return { source: Source.of(processFile) };
    }
    if (this.list(absolute)) {
      throw new SystemError('Is a directory');
    }
    if (!files.isFolder(posix.dirname(absolute))) {
      throw new SystemError('No such file or directory');
    }
    const content = files.read(absolute);
    if (mode === 'read' && !content) {
      throw new SystemError('No such file or directory');
    }
    if (mode === 'write' || !content) {
      files.write(absolute, '');
    }
    this.#see({
      type: 'openat',
      path: absolute,
      access: mode === 'read' ? 'read' : 'write',
      truncates: mode === 'write',
    });
    return mode === 'read'
      ? { source: Source.of(content!) }
      : { write: bytes => files.append(absolute, bytes) };
  }

  /** The names in a folder; undefined where there is no such folder. */
  list(path: string): string[] | undefined {
    const absolute = this.resolve(path);
    return (
      listProcessFolder(this.host, absolute) ?? this.host.files.list(absolute)
    );
  }

  isFile(path: string): boolean {
    const absolute = this.resolve(path);
    return (
      readProcessFile(this.host, absolute) !== undefined ||
      this.host.files.read(absolute) !== undefined
    );
  }

  async readFile(path: string): Promise<Buffer> {
    return this.open(path, 'read').source!.readAll();
  }

  unlink(path: string): void {
    const absolute = this.resolve(path);
    this.host.files.remove(absolute);
    this.#see({ type: 'unlinkat', path: absolute });
  }

  /** A socket that was connected, or accepted a connection. */
  socketOpened(socket: Descriptor): Descriptor {
    this.#see({ type: 'connect', connection: socket.connection! });
    return socket;
  }

  /** dup2(2). */
  place(descriptor: Descriptor, number: number): void {
    this.descriptors.set(number, descriptor);
    if (descriptor.connection) {
      const { connection } = descriptor;
      this.#see({ type: 'dup2', descriptor: number, connection });
    }
  }

  resolve(path: string): string {
    return posix.resolve(this.workingDirectory, path);
  }

  variables(): string[] {
    return [...this.environment].map(([name, value]) => `${name}=${value}`);
  }

  say(text: string | Buffer): void {
    this.descriptors.get(1)?.write?.(Buffer.from(text));
  }

  /** To the standard error, as programs do: with their name before it. Returns the exit code 1. */
  complain(text: string): number {
    this.descriptors
      .get(2)
      ?.write?.(Buffer.from(`${posix.basename(this.argv[0])}: ${text}\n`));
    return 1;
  }

  get input(): Source {
    return this.descriptors.get(0)?.source ?? NULL_DEVICE.source!;
  }

  #see(call: SystemCall): void {
    this.host.see({ process: this.#describe(), call });
  }

  #describe(): SeenProcess {
    const ancestors = [];
    for (let other = this.parent; other; other = other.parent) {
      ancestors.push({ name: other.name, argv: other.argv });
    }
    return {
      pid: this.pid,
      argv: this.argv,
      name: this.name,
      executable: this.executable,
      workingDirectory: this.workingDirectory,
      uid: 0,
      terminal: this.terminal,
      ancestors: [...ancestors, MONITOR],
    };
  }
}
