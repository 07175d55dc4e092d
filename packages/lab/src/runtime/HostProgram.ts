import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { createInterface } from 'node:readline';
import type { ContainerMount } from './ContainerRuntime';
import { findBelow } from './emulated/ContainerFiles';
import { ContainerLog } from './log/ContainerLog';
import type { ContainerCommand, NewContainer } from './TrackedContainer';
import type { RunningContainer } from './RunningContainer';

/** Programs that must not outlive the lab, however it ends. */
const children = new Set<ChildProcess>();
process.on('exit', () => children.forEach(child => child.kill('SIGKILL')));

export interface HostProgramOptions {
  /** The program's file of this machine. */
  script: string;
  args: string[];
  environment: string[];
  /** A folder of the container alone, in which its mounts are links. */
  root: string;
  mounts: ContainerMount[];
}

/**
 * A Node program of an image, run by this machine's own Node: how the lab runs the courier. It sees the pod's environment, and in
 * COURIER_ROOT a folder with the container's mounts at their places.
 */
export class HostProgram implements RunningContainer {
  #child?: ChildProcess;
  #onExit: (exitCode: number) => void = () => {};

  constructor(
    private readonly options: HostProgramOptions,
    private readonly log: ContainerLog,
  ) {
    linkMounts(options.root, options.mounts);
  }

  /** The program of a container that runs `node <script>`, if the container is one. */
  static find(
    { spec, directory }: NewContainer,
    { argv, environment, workingDirectory }: ContainerCommand,
  ): HostProgram | undefined {
    const script =
      posix.basename(argv[0]) === 'node' && argv[1]
        ? findBelow(spec.image.rootfs, posix.resolve(workingDirectory, argv[1]))
        : undefined;
    if (!script) {
      return undefined;
    }
    const root = join(directory, 'root');
    return new HostProgram(
      { script, args: argv.slice(2), environment, root, mounts: spec.mounts },
      new ContainerLog(spec.logPath),
    );
  }

  onExit(listener: (exitCode: number) => void): void {
    this.#onExit = listener;
  }

  async start(): Promise<void> {
    const { script, args, environment, root } = this.options;
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...parseEnvironment(environment), COURIER_ROOT: root },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    children.add(child);
    createInterface({ input: child.stdout }).on('line', line =>
      this.log.write('stdout', line),
    );
    createInterface({ input: child.stderr }).on('line', line =>
      this.log.write('stderr', line),
    );
    // 'close' comes after the last line of output; 'error' instead of it where the program could not be started.
    child.once('close', (code, signal) => {
      children.delete(child);
      this.log.close();
      this.#onExit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
  }

  terminate(): void {
    this.#child?.kill('SIGTERM');
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.log.close();
  }
}

function linkMounts(root: string, mounts: ContainerMount[]): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'dev'), { recursive: true });
  for (const { containerPath, hostPath } of mounts) {
    const link = join(root, containerPath);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(hostPath, link);
  }
}

function parseEnvironment(variables: string[]): Record<string, string> {
  return Object.fromEntries(
    variables.map(variable => {
      const separator = variable.indexOf('=');
      return [variable.slice(0, separator), variable.slice(separator + 1)];
    }),
  );
}
