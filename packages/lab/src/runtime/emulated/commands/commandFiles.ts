import { COMMANDS } from './commands';

const HEADER = '#!cubemig-lab-command ';

export const SHELLS = ['sh', 'bash', 'ash', 'dash'];

/** The executable files of all commands, by their paths in an image. */
export function commandFiles(): Record<string, string> {
  return Object.fromEntries(
    [...SHELLS, ...Object.keys(COMMANDS)].map(name => [
      `bin/${name}`,
      `${HEADER}${name}\n`,
    ]),
  );
}

/** The command that an executable file holds, if it is one. */
export function findCommand(executable: Buffer): string | undefined {
  const [line] = executable.subarray(0, 100).toString('latin1').split('\n');
  const name = line.startsWith(HEADER) ? line.slice(HEADER.length) : '';
  return SHELLS.includes(name) || Object.hasOwn(COMMANDS, name)
    ? name
    : undefined;
}
