import type { ContainerFiles } from '../ContainerFiles';
import type { EmulatedProcess } from '../EmulatedProcess';

/** What commands see of the container that they run in. */
export interface ShellSystem {
  files: ContainerFiles;
  hostname: string;
  workingDirectory: string;
  /** `NAME=value`, of the container's first process. */
  environment: string[];
  processes(): EmulatedProcess[];
}
