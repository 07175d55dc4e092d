import type { ContainerDescription } from './archive/describeContainer';
import {
  RuntimeError,
  type ContainerSpec,
  type ContainerState,
  type Sandbox,
} from './ContainerRuntime';
import type { RunningContainer } from './RunningContainer';

/** What a container executes; of a restored one, what its archive says. */
export type ContainerCommand = Pick<
  ContainerDescription,
  'argv' | 'environment' | 'workingDirectory' | 'restoredAt'
>;

/** A container that is to be made. */
export interface NewContainer {
  id: string;
  spec: ContainerSpec;
  sandbox: Sandbox;
  /** A folder of this machine for the container alone; removed with it. */
  directory: string;
}

/** A container and what became of it. */
export class TrackedContainer<Running extends RunningContainer> {
  readonly sandbox: Sandbox;
  readonly state: ContainerState;
  /** When it has ended. */
  readonly exited: Promise<void>;
  isCheckpointing = false;
  #resolveExited = () => {};

  constructor(
    { id, spec, sandbox }: NewContainer,
    readonly running: Running,
    readonly command: ContainerCommand,
    private readonly onExit: (state: ContainerState) => void,
  ) {
    this.sandbox = sandbox;
    this.state = { id, spec, phase: 'created', createdAt: new Date() };
    this.exited = new Promise(resolve => {
      this.#resolveExited = resolve;
    });
  }

  begin(): void {
    Object.assign(this.state, { phase: 'running', startedAt: new Date() });
    this.running.onExit(exitCode => this.end(exitCode));
  }

  /** Only the first end counts. */
  end(exitCode: number): void {
    if (this.state.phase !== 'exited') {
      Object.assign(this.state, {
        phase: 'exited',
        exitCode,
        finishedAt: new Date(),
      });
      this.#resolveExited();
      this.onExit({ ...this.state });
    }
  }

  /** Throws what CRI-O says of a container that cannot be dumped now. */
  requireCheckpointable(): void {
    const { id, phase } = this.state;
    if (phase !== 'running') {
      throw new RuntimeError(`container ${id} is not running`);
    }
    if (this.isCheckpointing) {
      throw new RuntimeError(
        `failed to pause container "${id}" before checkpointing: cannot pause a paused container`,
      );
    }
  }

  /** For its archive. */
  describe(ociRuntime: string): ContainerDescription {
    const { command, state, sandbox } = this;
    return { ...command, state, sandbox, ociRuntime };
  }
}
