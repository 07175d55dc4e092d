import { posix } from 'node:path';
import type { OpenFile, ProcessSnapshot } from '../../criu-images/DumpSnapshot';
import { findProgram } from '../../programs/programs';
import { RuntimeError } from '../ContainerRuntime';
import type { ContainerLog } from '../log/ContainerLog';
import { AddressSpace } from './AddressSpace';
import type { ContainerFiles } from './ContainerFiles';
import { EmulatedProcess } from './EmulatedProcess';
import { Freezer } from './Freezer';
import { loadProgram } from './loadProgram';
import type { SeenCall } from '../events/SystemEvent';
import type { CommandStreams, RunningContainer } from '../RunningContainer';
import { ContainerCommands } from './ContainerCommands';

const KILLED = 137;
const O_WRONLY = 1;
/** O_RDWR | O_LARGEFILE, as a runtime opens /dev/null for a container's standard input. */
const NULL_DEVICE_FLAGS = 0o100002;
const NULL_DEVICE_MODE = 0o20666;
/** Process numbers start again here once the kernel has used them all (RESERVED_PIDS). */
const FIRST_REUSED_PID = 300;
const MAX_PID = 32768;
/** TASK_COMM_LEN without its zero. */
const MAX_COMMAND_LENGTH = 15;

let nextPipe = 139000;

/** The processes of one container, and what they share. */
export class EmulatedContainer implements RunningContainer {
  readonly freezer = new Freezer();
  readonly #commands = new ContainerCommands(this);
  readonly #processes = new Map<number, EmulatedProcess>();
  #lastPid = 0;
  #onExit: (exitCode: number) => void = () => {};
  #onSystemCall: (seen: SeenCall) => void = () => {};

  constructor(
    /** The pod's. */
    readonly address: string,
    readonly files: ContainerFiles,
    readonly log: ContainerLog,
    readonly workingDirectory: string,
    readonly hostname: string,
  ) {}

  async close(): Promise<void> {
    this.log.close();
  }

  onExit(listener: (exitCode: number) => void): void {
    this.#onExit = listener;
  }

  onSystemCall(listener: (seen: SeenCall) => void): void {
    this.#onSystemCall = listener;
  }

  see(seen: SeenCall): void {
    this.#onSystemCall(seen);
  }

  /** Makes the first process; it runs from {@link start} on. */
  load(argv: string[], environment: string[]): void {
    this.spawn(argv, environment);
  }

  /** Puts the processes of a dump in place. Frozen until {@link start}. */
  restore(snapshots: ProcessSnapshot[]): void {
    this.freezer.freeze();
    for (const snapshot of snapshots) {
      const executable = this.files.findExecutable(
        snapshot.executable.path,
        [],
        '/',
      );
      const program = executable && findProgram(executable.content);
      if (!program) {
        throw new RuntimeError(
          `Can't open file ${snapshot.executable.path} on restore: No such file or directory`,
        );
      }
      const { pid, parentPid, command, workingDirectory, descriptors } =
        snapshot;
      this.#processes.set(
        pid,
        new EmulatedProcess(this, {
          pid,
          parentPid,
          program,
          command,
          executable: snapshot.executable,
          workingDirectory,
          memory: new AddressSpace(
            snapshot.marks,
            snapshot.areas,
            snapshot.pages,
          ),
          descriptors,
        }),
      );
      this.#lastPid = Math.max(this.#lastPid, pid);
    }
    if (!this.#processes.has(1)) {
      throw new RuntimeError('The dump has no first process');
    }
  }

  async start(): Promise<void> {
    if (!this.freezer.isFrozen) {
      this.#processes.get(1)?.begin();
      return;
    }
    for (const process of this.#processes.values()) {
      await process.rebind().catch(error => {
        throw new RuntimeError(
          `inet: Can't bind inet socket back: ${error.message}`,
        );
      });
    }
    // Parents first: they must have said what happens at the end of their children.
    this.#processes.forEach(process => process.resume());
    this.freezer.thaw();
  }

  /** fork(2) and execve(2). Without a parent it is the container's first process. */
  spawn(
    argv: string[],
    environment: string[],
    parent?: EmulatedProcess,
  ): EmulatedProcess {
    const [command] = argv;
    const executable = this.files.findExecutable(
      command,
      environment,
      this.workingDirectory,
    );
    if (!executable) {
      const where = command.includes('/') ? '' : ' in $PATH';
      throw new RuntimeError(
        `container create failed: executable file \`${command}\` not found${where}: No such file or directory\n`,
      );
    }
    const program = findProgram(executable.content);
    if (!program) {
      throw new RuntimeError(
        `container create failed: exec \`${executable.path}\`: Exec format error\n`,
      );
    }
    const process = new EmulatedProcess(this, {
      pid: this.takePid(),
      parentPid: parent?.pid ?? 0,
      program,
      command: posix.basename(executable.path).slice(0, MAX_COMMAND_LENGTH),
      executable: { path: executable.path, size: executable.content.length },
      workingDirectory: this.workingDirectory,
      memory: loadProgram(executable, argv, environment),
      descriptors: parent ? inherited(parent) : standardStreams(),
    });
    this.#processes.set(process.pid, process);
    return process;
  }

  runCommand(argv: string[], streams: CommandStreams): Promise<number> {
    return this.#commands.run(argv, streams);
  }

  processes(): EmulatedProcess[] {
    return [...this.#processes.values()];
  }

  childrenOf(pid: number): EmulatedProcess[] {
    return this.processes().filter(process => process.parts.parentPid === pid);
  }

  processExited(process: EmulatedProcess, exitCode: number): void {
    this.#processes.delete(process.pid);
    if (process.pid === 1) {
      this.#processes.forEach(other => other.exit(KILLED));
      this.#commands.kill();
      this.#onExit(exitCode);
      return;
    }
    this.childrenOf(process.pid).forEach(child => {
      child.parts.parentPid = 1;
    });
    this.#processes
      .get(process.parts.parentPid)
      ?.childExited(process.pid, exitCode);
  }

  terminate(): void {
    this.#processes.get(1)?.terminate();
  }

  kill(): void {
    this.#processes.get(1)?.exit(KILLED);
  }

  snapshots(uid: number, gid: number): ProcessSnapshot[] {
    return this.processes().map(process => process.snapshot(uid, gid));
  }

  /** The number of a new process. */
  takePid(): number {
    do {
      this.#lastPid =
        this.#lastPid >= MAX_PID ? FIRST_REUSED_PID : this.#lastPid + 1;
    } while (
      this.#processes.has(this.#lastPid) ||
      this.#commands.has(this.#lastPid)
    );
    return this.#lastPid;
  }
}

function standardStreams(): Map<number, OpenFile> {
  const pipe = (): OpenFile => {
    nextPipe += 1;
    return { kind: 'pipe', pipeId: nextPipe, flags: O_WRONLY };
  };
  return new Map<number, OpenFile>([
    [
      0,
      {
        kind: 'regular',
        path: '/dev/null',
        flags: NULL_DEVICE_FLAGS,
        position: 0,
        mode: NULL_DEVICE_MODE,
      },
    ],
    [1, pipe()],
    [2, pipe()],
  ]);
}

/** A child's descriptors: those of its parent that are not closed on execve(2). */
function inherited(parent: EmulatedProcess): Map<number, OpenFile> {
  return new Map([...parent.parts.descriptors].filter(([fd]) => fd <= 2));
}
