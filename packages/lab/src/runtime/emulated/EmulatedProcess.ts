import type { OpenFile, ProcessSnapshot } from '../../criu-images/DumpSnapshot';
import type { Connection, Program, SystemCalls } from '../../programs/Program';
import { MONITOR, SeenProcess, SystemCall } from '../events/SystemEvent';
import type { AddressSpace } from './AddressSpace';
import type { EmulatedContainer } from './EmulatedContainer';
import { readStrings } from './loadProgram';
import { InetSocket, SocketTable } from './SocketTable';

const SEGMENTATION_FAULT = 139;
const LISTEN_BACKLOG = 511;

/** What a process is made of, be it fresh or from a dump. */
export interface ProcessParts {
  pid: number;
  parentPid: number;
  program: Program;
  command: string;
  executable: { path: string; size: number };
  workingDirectory: string;
  memory: AddressSpace;
  descriptors: Map<number, OpenFile>;
}

/** A process of an emulated container: its memory, its descriptors, and the program's view of the kernel. */
export class EmulatedProcess implements SystemCalls {
  /** Called once, when it has ended. */
  onExit: (exitCode: number) => void = () => {};
  readonly #sockets: SocketTable;
  readonly #timers = new Set<NodeJS.Timeout>();
  #hasExited = false;
  /** Called with the exit code of each child. */
  #onChildExit = new Map<number, (exitCode: number) => void>();

  constructor(
    private readonly container: EmulatedContainer,
    readonly parts: ProcessParts,
  ) {
    this.#sockets = new SocketTable({
      freezer: container.freezer,
      address: container.address,
      open: file => this.#open(file),
      closed: descriptor => this.parts.descriptors.delete(descriptor),
      run: action => this.#run(action),
    });
  }

  get pid(): number {
    return this.parts.pid;
  }

  get memory(): AddressSpace {
    return this.parts.memory;
  }

  /** Fresh after execve(2). */
  begin(): void {
    const isAdded = this.container.files.isWritten(this.parts.executable.path);
    this.#see({ type: 'execve', isAdded });
    this.start();
  }

  start(): void {
    this.#run(() => this.parts.program.start(this));
  }

  /** Goes on after a restore, once {@link rebind} is done. */
  resume(): void {
    this.#run(() => this.parts.program.resume(this));
  }

  /** Binds the listening sockets of a dump again. Connections are gone: they stay with the process that runs on. */
  async rebind(): Promise<void> {
    for (const [descriptor, file] of this.parts.descriptors) {
      if (file.kind === 'inet' && file.state === 'listen') {
        await this.#sockets.bind(file);
      } else if (file.kind === 'inet') {
        this.parts.descriptors.delete(descriptor);
      }
    }
  }

  /** SIGTERM; without a handler the first process of a container ignores it (pid_namespaces(7)). */
  terminate(): void {
    this.#run(() => this.parts.program.onTerminate?.(this));
  }

  argv(): string[] {
    const { argStart, argEnd } = this.memory.marks;
    return readStrings(this.memory, argStart, argEnd);
  }

  environment(): string[] {
    const { envStart, envEnd } = this.memory.marks;
    return readStrings(this.memory, envStart, envEnd);
  }

  variable(name: string): string | undefined {
    return this.environment()
      .find(variable => variable.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  }

  print(line: string): void {
    this.container.log.write('stdout', line);
  }

  writeFile(path: string, content: string): void {
    this.container.files.write(path, content);
    this.#see({ type: 'openat', path, access: 'write', truncates: true });
  }

  readFile(path: string): string | undefined {
    const content = this.container.files.read(path)?.toString();
    if (content !== undefined) {
      this.#see({ type: 'openat', path, access: 'read', truncates: false });
    }
    return content;
  }

  sleep(milliseconds: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#run(then);
    }, milliseconds);
    this.#timers.add(timer);
  }

  spawn(argv: string[], onExit: (exitCode: number) => void): void {
    const child = this.container.spawn(argv, this.environment(), this);
    this.#onChildExit.set(child.pid, onExit);
    child.begin();
  }

  adoptChildren(onExit: (exitCode: number) => void): number {
    const children = this.container.childrenOf(this.pid);
    children.forEach(child => this.#onChildExit.set(child.pid, onExit));
    return children.length;
  }

  listen(port: number, onConnection: (connection: Connection) => void): void {
    const restored = [...this.parts.descriptors.values()].find(
      (file): file is InetSocket =>
        file.kind === 'inet' &&
        file.state === 'listen' &&
        file.sourcePort === port,
    );
    if (restored) {
      this.#sockets.onConnection(restored, onConnection);
      return;
    }
    const file: InetSocket = {
      kind: 'inet',
      inode: this.#sockets.nextInode(),
      state: 'listen',
      sourceAddress: '0.0.0.0',
      sourcePort: port,
      destinationAddress: '0.0.0.0',
      destinationPort: 0,
      backlog: LISTEN_BACKLOG,
    };
    this.#open(file);
    this.#sockets.onConnection(file, onConnection);
    this.#sockets.bind(file).catch(error =>
      this.#run(() => {
        this.print(`bind: ${error.message}`);
        this.exit(1);
      }),
    );
  }

  exit(code: number): void {
    if (this.#hasExited) {
      return;
    }
    this.#hasExited = true;
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#sockets.close();
    this.container.processExited(this, code);
    this.onExit(code);
  }

  /** A child has ended; the container calls it. */
  childExited(pid: number, exitCode: number): void {
    const onExit = this.#onChildExit.get(pid);
    this.#onChildExit.delete(pid);
    if (onExit) {
      this.#run(() => onExit(exitCode));
    }
  }

  /** Everything a dump holds of it. The pages are not copied: it must stand still while they are written. */
  snapshot(uid: number, gid: number): ProcessSnapshot {
    const {
      descriptors,
      memory,
      parentPid,
      program: _program,
      ...rest
    } = this.parts;
    return {
      ...rest,
      parentPid,
      groupId: 1,
      sessionId: 1,
      umask: 0o22,
      uid,
      gid,
      marks: memory.marks,
      areas: memory.areas,
      pages: memory.pages(),
      descriptors,
    };
  }

  #see(call: SystemCall): void {
    this.container.see({ process: this.#describe(), call });
  }

  #describe(): SeenProcess {
    const { pid, command, executable, workingDirectory, parentPid } =
      this.parts;
    const parent = this.container
      .processes()
      .find(process => process.pid === parentPid);
    return {
      pid,
      argv: this.argv(),
      name: command,
      executable: executable.path,
      workingDirectory,
      uid: 0,
      terminal: 0,
      ancestors: parent
        ? [
            { name: parent.parts.command, argv: parent.argv() },
            ...parent.#describe().ancestors,
          ]
        : [MONITOR],
    };
  }

  #open(file: OpenFile): number {
    let descriptor = 3;
    while (this.parts.descriptors.has(descriptor)) {
      descriptor += 1;
    }
    this.parts.descriptors.set(descriptor, file);
    return descriptor;
  }

  /** Runs program code unless the process has ended; later, if the container is frozen. An exception is the program's crash. */
  #run(action: () => void): void {
    this.container.freezer.run(() => {
      if (this.#hasExited) {
        return;
      }
      try {
        action();
      } catch (error) {
        this.container.log.write('stderr', String(error));
        this.exit(SEGMENTATION_FAULT);
      }
    });
  }
}
