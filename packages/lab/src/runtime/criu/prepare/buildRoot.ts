import { execFile } from 'node:child_process';
import { existsSync, promises as fs, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findCommand } from './findCommand';

const execute = promisify(execFile);

// CRIU before 4.2 cannot dump sockets on kernels since 6.16, so no release of Debian yet has what it takes.
const SUITE = 'sid';
const PACKAGES = [
  ...['criu', 'libcriu2', 'crun', 'conmon'],
  // CRIU locks the network of what it dumps with iptables.
  ...['iptables', 'iproute2'],
  // What the demo images are made of.
  ...['busybox-static', 'python3', 'redis-server', 'nginx'],
];
/** As nodes that move containers with connections have it: they cannot take these along, so they are closed. */
const CRIU_SETTINGS = ['tcp-close', 'skip-in-flight', 'ghost-limit 67108864'];

const RECIPE = JSON.stringify({ SUITE, PACKAGES, CRIU_SETTINGS });
const STAMP = '.cubemig-root';

/** Whether the root is there and was made as it would be made now. */
export function isRootBuilt(root: string): boolean {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === RECIPE;
}

/**
 * Makes a Debian root with CRIU, in a few minutes and 400 MB. It is there whole or not at all; the machine's own files are not
 * touched. Fails with a line that says why.
 */
export async function buildRoot(root: string): Promise<void> {
  const partial = `${root}.partial`;
  await fs.mkdir(dirname(root), { recursive: true });
  await fs.rm(partial, { recursive: true, force: true });
  const { command, environment } = await findDebootstrap(`${root}.debootstrap`);
  // What debootstrap mounts is gone with its mount namespace.
  await run(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', command],
      ...['--variant=minbase', `--include=${PACKAGES.join(',')}`],
      ...[SUITE, partial, ...mirror()],
    ],
    environment,
  );
  await fs.rm(join(partial, 'var/cache/apt/archives'), { recursive: true });
  for (const folder of ['host', 'var/lib/containers/storage', 'etc/criu']) {
    await fs.mkdir(join(partial, folder), { recursive: true });
  }
  await fs.writeFile(
    join(partial, 'etc/criu/crun.conf'),
    CRIU_SETTINGS.map(setting => `${setting}\n`).join(''),
  );
  await fs.writeFile(join(partial, STAMP), RECIPE);
  await fs.rm(root, { recursive: true, force: true });
  await fs.rename(partial, root);
}

/** debootstrap as it is installed, or unpacked from Debian's package: it is a shell script and needs no installation. */
async function findDebootstrap(
  directory: string,
): Promise<{ command: string; environment: Record<string, string> }> {
  const installed = findCommand('debootstrap');
  if (installed) {
    return { command: installed, environment: {} };
  }
  const command = join(directory, 'usr/sbin/debootstrap');
  if (!existsSync(command)) {
    await fs.mkdir(directory, { recursive: true });
    const download = () =>
      execute('apt-get', ['download', 'debootstrap'], { cwd: directory });
    try {
      await download().catch(async () => {
        await execute('apt-get', ['update']);
        await download();
      });
      const [archive] = await fs.readdir(directory);
      await execute('dpkg', ['--extract', archive, directory], {
        cwd: directory,
      });
    } catch {
      throw new Error('debootstrap is neither installed nor to be had');
    }
  }
  return {
    command,
    environment: { DEBOOTSTRAP_DIR: join(directory, 'usr/share/debootstrap') },
  };
}

function mirror(): string[] {
  const { CUBEMIG_DEBIAN_MIRROR } = process.env;
  return CUBEMIG_DEBIAN_MIRROR ? [CUBEMIG_DEBIAN_MIRROR] : [];
}

async function run(
  command: string,
  args: string[],
  environment: Record<string, string>,
): Promise<void> {
  try {
    await execute(command, args, {
      env: { ...process.env, ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    // debootstrap says on its standard output what went wrong, last.
    const lines = `${(error as any).stderr}${(error as any).stdout}`;
    const [reason] = /^E: .*$/m.exec(lines) ?? [(error as Error).message];
    throw new Error(`debootstrap failed: ${reason.split('\n')[0]}`);
  }
}
