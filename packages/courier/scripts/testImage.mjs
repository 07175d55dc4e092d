// Builds the courier's image with Debian's buildah on a debootstrapped base, twice, and runs it. As root, on Debian:
//   apt-get install buildah debootstrap && yarn workspace @cubemig/courier test:image
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const courier = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'courier-image-'));
const storage = [
  '--root',
  join(folder, 'root'),
  '--runroot',
  join(folder, 'run'),
];
const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' };

const buildah = (...args) =>
  execFileSync('buildah', [...storage, '--storage-driver', 'vfs', ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();

/** A Debian of this machine's release, with this machine's Node: the base must be at hand without a registry. */
function makeBase() {
  const { VERSION_CODENAME } = Object.fromEntries(
    readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .map(line => line.split('=')),
  );
  const system = process.env.BASE_FOLDER ?? join(folder, 'base');
  if (!existsSync(join(system, 'etc/os-release'))) {
    execFileSync(
      'debootstrap',
      ['--variant=minbase', '--include=libstdc++6', VERSION_CODENAME, system],
      { stdio: 'ignore' },
    );
  }
  copyFileSync(process.execPath, join(system, 'usr/bin/node'));
  const container = buildah('from', 'scratch');
  buildah('add', '--quiet', container, system, '/');
  buildah('commit', '--quiet', container, 'courier-base');
  buildah('rm', container);
}

/** Builds the image and returns its digest. */
function buildImage(name) {
  buildah(
    ...['build', '--quiet', '--no-cache', '--timestamp', '0'],
    ...['--build-arg', 'BASE=localhost/courier-base', '-t', name, courier],
  );
  const digest = join(folder, `${name}.digest`);
  buildah(
    'push',
    '--quiet',
    '--digestfile',
    digest,
    name,
    `oci:${join(folder, name)}`,
  );
  return readFileSync(digest, 'utf8').trim();
}

/** Runs the image's own program, without a request. */
function runImage(name) {
  const container = buildah('from', name);
  const { OCIv1: image } = JSON.parse(buildah('inspect', name));
  const { status, stderr } = spawnSync(
    'buildah',
    [
      ...storage,
      ...['--storage-driver', 'vfs', 'run', container, '--'],
      ...image.config.Entrypoint,
    ],
    { encoding: 'utf8', env },
  );
  return { status, said: stderr, user: image.config.User };
}

function check(isTrue, what) {
  if (!isTrue) throw new Error(what);
  console.log(`ok: ${what}`);
}

try {
  const start = performance.now();
  execFileSync(process.execPath, [join(courier, 'build.mjs')]);
  makeBase();
  const [one, two] = [buildImage('one'), buildImage('two')];
  check(one === two, `two builds give one image (${one} and ${two})`);
  const { status, said, user } = runImage('one');
  check(user === '65532:65532', `it runs as nobody (${user})`);
  check(
    // buildah tells the exit code of a program that failed in words.
    status !== 0 && said.includes('COURIER_REQUEST is not set'),
    'it says what it lacks',
  );
  const bundle = statSync(join(courier, 'dist/courier.cjs')).size;
  check(
    bundle < 5e6,
    `its program is below 5 MB (${(bundle / 1e6).toFixed(2)} MB)`,
  );
  const bom = readFileSync(join(courier, 'dist/courier.cdx.json'), 'utf8');
  const { components } = JSON.parse(bom);
  check(components.length > 0, `it lists its ${components.length} components`);
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
