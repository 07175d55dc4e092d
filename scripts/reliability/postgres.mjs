import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { requireFreePort } from '../ports.mjs';
import { startProcess, waitUntil } from '../processes.mjs';

/** Debian keeps each version's programs out of the PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** PostgreSQL would outlive us, were we killed: our end of its standard input closes then. SIGINT is its fast way to stop. */
const ENDING_WITH_PARENT =
  'exec 3<&0; "$0" "$@" <&- & cat <&3 >/dev/null; kill -INT $!; wait';

/** Whether this machine has PostgreSQL, or we may install it. */
export function canHavePostgres() {
  return findPrograms() !== undefined || process.getuid?.() === 0;
}

/** Starts a PostgreSQL of our own, on loopback and with nothing in it. It ends with `stopAll`. */
export async function startPostgres(port) {
  const bin = findPrograms() ?? installPostgres();
  const owner = chooseOwner();
  // Not in the checkout: its user may not be allowed in there.
  const dataDir = mkdtempSync(join(tmpdir(), 'cubemig-postgres-'));
  if (owner) chownSync(dataDir, owner.uid, owner.gid);
  const cluster = join(dataDir, 'cluster');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', cluster, '-A', 'trust', '-U', 'cubemig', '-E', 'UTF8'],
    { ...owner, cwd: dataDir, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dataDir,
    max_connections: 300,
    // What is tried here is the backend's death, not the machine's.
    fsync: 'off',
  };
  await requireFreePort(port, 'another port in scripts/reliability.mjs');
  const handle = startProcess(
    'sh',
    [
      ...['-c', ENDING_WITH_PARENT, join(bin, 'postgres')],
      ...['-D', cluster],
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    { ...owner, cwd: dataDir, logFile: join(dataDir, 'log') },
  );
  handle.ended.then(() => rmSync(dataDir, { recursive: true, force: true }));
  /** The rows of a query, each a list of texts. */
  const query = (database, sql) => {
    const { status, stdout, stderr } = spawnSync(
      join(bin, 'psql'),
      [
        ...['-h', '127.0.0.1', '-p', String(port), '-U', 'cubemig'],
        ...['-d', database, '-At', '-F', '\t', '-c', sql],
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t'));
  };
  await waitUntil(
    'PostgreSQL',
    async () => query('postgres', 'select 1').length === 1,
    { handle, seconds: 30 },
  );
  return {
    connection: { host: '127.0.0.1', port, user: 'cubemig', password: 'none' },
    query,
  };
}

function findPrograms() {
  const folders = [
    ...process.env.PATH.split(delimiter),
    ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : []).map(
      version => join(DEBIAN, version, 'bin'),
    ),
  ];
  return folders.find(folder =>
    ['initdb', 'postgres', 'psql'].every(name =>
      existsSync(join(folder, name)),
    ),
  );
}

function installPostgres() {
  if (process.getuid?.() === 0) {
    console.log('Installing PostgreSQL ...');
    keepFromStarting();
    for (const args of [
      ['update', '-q'],
      [
        ...['install', '-qy', '--no-install-recommends'],
        ...['-o', 'Dpkg::Options::=--force-confold', 'postgresql'],
      ],
    ]) {
      spawnSync('apt-get', args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
    const bin = findPrograms();
    if (bin) return bin;
  }
  throw new Error(
    'several backends need a PostgreSQL to share: install it (Debian: apt-get install postgresql)',
  );
}

/** Debian's package would make a database cluster of its own and start it. */
function keepFromStarting() {
  const file = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(file)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

/** PostgreSQL refuses to run as root; its package brings a user for it. */
function chooseOwner() {
  if (process.getuid?.() !== 0) return undefined;
  const id = flag =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
