import type { CommandProgram } from './CommandProgram';
import { fileCommands } from './files';
import { networkCommands } from './network';
import { searchCommands } from './search';
import { systemCommands } from './system';
import { textCommands } from './text';

/** The commands that can be run beside an emulated container's program, but for the shells. */
export const COMMANDS: Record<string, CommandProgram> = {
  ...fileCommands,
  ...networkCommands,
  ...searchCommands,
  ...systemCommands,
  ...textCommands,
};
