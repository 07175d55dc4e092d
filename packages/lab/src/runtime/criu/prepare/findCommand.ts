import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders with root's commands that a user's PATH may lack. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Where a command lies, if it is installed. */
export function findCommand(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders, ...SYSTEM_FOLDERS]
    .map(folder => join(folder, name))
    .find(existsSync);
}
