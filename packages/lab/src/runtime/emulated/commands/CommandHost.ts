import type { SeenCall } from '../../events/SystemEvent';
import type { ContainerFiles } from '../ContainerFiles';
import type { EmulatedProcess } from '../EmulatedProcess';
import type { CommandProcess } from './CommandProcess';

/** What commands find of the container that they run in. */
export interface CommandHost {
  readonly files: ContainerFiles;
  readonly hostname: string;
  /** The pod's. */
  readonly address: string;
  /** The container's programs: what a checkpoint holds. */
  programs(): EmulatedProcess[];
  /** The commands that run beside them. */
  readonly commands: Map<number, CommandProcess>;
  /** Takes the number of a new process. */
  takePid(): number;
  /** Starts a program that lives on by itself; resolves with its exit code. */
  runProgram(argv: string[], environment: string[]): Promise<number>;
  /** Executes a file in place of what the process did before; resolves with its exit code. */
  execute(process: CommandProcess, argv: string[]): Promise<number>;
  /** Tells who watches the container. */
  see(seen: SeenCall): void;
}
