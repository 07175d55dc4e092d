import type { SeenCall } from '../events/SystemEvent';
import type { CommandStreams } from '../RunningContainer';
import type { CommandHost } from './commands/CommandHost';
import type { CommandProcess } from './commands/CommandProcess';
import type { ContainerFiles } from './ContainerFiles';
import type { EmulatedContainer } from './EmulatedContainer';
import type { EmulatedProcess } from './EmulatedProcess';
import { execute } from './shell/execute';
import { startCommand } from './shell/startCommand';

/** The commands that run beside a container's programs. */
export class ContainerCommands implements CommandHost {
  readonly commands = new Map<number, CommandProcess>();
  readonly execute = execute;

  constructor(private readonly container: EmulatedContainer) {}

  get files(): ContainerFiles {
    return this.container.files;
  }

  get hostname(): string {
    return this.container.hostname;
  }

  get address(): string {
    return this.container.address;
  }

  has(pid: number): boolean {
    return this.commands.has(pid);
  }

  programs(): EmulatedProcess[] {
    return this.container.processes();
  }

  takePid(): number {
    return this.container.takePid();
  }

  see(seen: SeenCall): void {
    this.container.see(seen);
  }

  /** The container's first process is its parent: the command's own end does not end it, and a checkpoint holds it. */
  runProgram(argv: string[], environment: string[]): Promise<number> {
    const [first] = this.container.childrenOf(0);
    const program = this.container.spawn(argv, environment, first);
    return new Promise(resolve => {
      program.onExit = resolve;
      program.start();
    });
  }

  run(argv: string[], streams: CommandStreams): Promise<number> {
    const [first] = this.container.childrenOf(0);
    const { workingDirectory } = this.container;
    const environment = first?.environment() ?? [];
    return startCommand(this, { environment, workingDirectory }, argv, streams);
  }

  kill(): void {
    this.commands.forEach(command => command.kill());
  }
}
