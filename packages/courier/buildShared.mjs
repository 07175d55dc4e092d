import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// Says where the courier's bundle is, for tests: it is built only once for what goes into it, however many ask, and at once.
const DAY_MS = 24 * 3_600_000;
const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '../..');
const builds = join(root, '.cubemig/couriers');
const build = join(builds, hashSources());
if (!existsSync(build)) {
  mkdirSync(builds, { recursive: true });
  removeOldBuilds();
  // Whoever is the first to be done puts it where all look for it, in one go.
  const made = mkdtempSync(join(builds, 'new-'));
  execFileSync(process.execPath, [
    join(folder, 'build.mjs'),
    join(made, 'courier.cjs'),
  ]);
  try {
    renameSync(made, build);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(build)) throw error;
  }
}
process.stdout.write(join(build, 'courier.cjs'));

/** Of the workspaces that go into the bundle, and of which version of all else does. */
function hashSources() {
  const hash = createHash('sha256').update(process.version);
  const files = [...workspacesOf(folder)].flatMap(listSources).sort();
  for (const file of [join(root, 'yarn.lock'), ...files]) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** A workspace, and those that it depends on. */
function workspacesOf(workspace, found = new Set()) {
  if (found.has(workspace)) return found;
  found.add(workspace);
  const { dependencies = {} } = JSON.parse(
    readFileSync(join(workspace, 'package.json'), 'utf8'),
  );
  for (const [name, version] of Object.entries(dependencies)) {
    if (!version.startsWith('workspace:')) continue;
    workspacesOf(realpathSync(join(root, 'node_modules', name)), found);
  }
  return found;
}

function listSources(workspace) {
  const isSource = name =>
    /\.(ts|mjs|json)$/.test(name) && !/\.test\.ts$|__fixtures__/.test(name);
  return [
    ...readdirSync(workspace),
    ...readdirSync(join(workspace, 'src'), { recursive: true }).map(name =>
      join('src', name),
    ),
  ]
    .filter(isSource)
    .map(name => join(workspace, name));
}

function removeOldBuilds() {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - DAY_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
