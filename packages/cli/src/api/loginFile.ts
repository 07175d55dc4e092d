import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where CubeMig is, and the token with which it lets one in. */
export interface Login {
  server: string;
  token?: string;
}

/** Following the XDG base directory specification. */
export function loginFileOf(environment: NodeJS.ProcessEnv): string {
  const folder = environment.XDG_CONFIG_HOME || join(homedir(), '.config');
  return join(folder, 'cubemig', 'login.json');
}

/** Undefined if nobody has logged in. */
export async function readLogin(file: string): Promise<Login | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { server, token } = JSON.parse(text);
    if (typeof server === 'string') return { server, token };
  } catch {
    // said below
  }
  throw new Error(`${file} is no login file: run "cubemig login" again`);
}

/** Only its owner may read it: a token is in it. */
export async function writeLogin(file: string, login: Login): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // The mode is only that of a file that is new; and the token comes once nobody else reads it.
  await writeFile(file, '', { mode: 0o600 });
  await chmod(file, 0o600);
  await writeFile(file, `${JSON.stringify(login, undefined, 2)}\n`);
}
