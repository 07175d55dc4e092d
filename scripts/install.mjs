import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

const YARN = '@yarnpkg/cli-dist@4.13.0';

/**
 * Installs the project's packages with Yarn, which npm brings (nothing else has to be on the machine). Does nothing when nothing has
 * changed since the last time.
 */
export async function install() {
  requireNode();
  const stampFile = join(root, 'node_modules/.cubemig-installed');
  const stamp = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  console.log('Installing packages (the first time takes a few minutes) ...');
  const { status, stdout } = spawnSync(
    'npx',
    ['--yes', YARN, 'install', '--immutable'],
    {
      cwd: root,
      env: { ...process.env, ...nativeBuildSettings() },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) {
    console.error(stdout);
    throw new Error(
      'the packages could not be installed: see the messages above; is the npm registry reachable?',
    );
  }
  writeFileSync(stampFile, stamp);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isSupported =
    (major === 20 && minor >= 19) || major === 22 || major === 24;
  if (!isSupported) {
    throw new Error(
      `Node ${process.versions.node} is not supported: install Node 20.19 or later, 22 or 24`,
    );
  }
}

/** Changes with whatever an installation depends on: the lockfile, the packages' manifests, the Node version. */
function fingerprint() {
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name =>
      join(folder, name, 'package.json'),
    ),
  );
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of ['package.json', 'yarn.lock', '.yarnrc.yml', ...manifests])
    if (existsSync(join(root, file)))
      hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/**
 * better-sqlite3 is compiled where its prebuilt binary cannot be had. node-gyp downloads Node's headers for that, unless it is told that
 * they lie beside the running Node.
 */
function nativeBuildSettings() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node_version.h'))
    ? { npm_config_nodedir: prefix }
    : {};
}
