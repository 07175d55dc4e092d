import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * A bill of materials (CycloneDX 1.5) of what esbuild, working in `folder`, says that it has put into a bundle. It is the same for the same bundle: no time, no
 * number. A package that the lockfile does not know is an error, since nobody could build the same again.
 */
export function listComponents(folder, metafiles) {
  const lock = readFileSync(join(root, 'yarn.lock'), 'utf8');
  const packages = new Map();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const file = resolve(folder, input.replace(/^[\w-]+:/, ''));
      const found = existsSync(file) && findPackage(file);
      if (found) packages.set(`${found.name}@${found.version}`, found);
    }
  }
  const all = [...packages.values()];
  const self = all.find(({ name }) => name === '@cubemig/courier');
  const parts = all.filter(found => found !== self);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: describe(self, 'application', lock) },
    components: parts
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(found => describe(found, 'library', lock)),
  };
}

/**
 * The package that a file belongs to: the nearest package.json above it that has a name and a version. What esbuild was given on standard
 * input belongs to none, and the repository itself is none.
 */
function findPackage(file) {
  let folder = dirname(file);
  while (folder.startsWith(`${resolve(root)}/`)) {
    const path = join(folder, 'package.json');
    const found = existsSync(path) && JSON.parse(readFileSync(path, 'utf8'));
    if (found?.name && found.version) return found;
    folder = dirname(folder);
  }
  return undefined;
}

function describe({ name, version, license }, type, lock) {
  const isOwn = name.startsWith('@cubemig/');
  const entry = `resolution: "${name}@npm:${version}"`;
  const start = lock.indexOf(entry);
  if (!isOwn && start < 0) {
    throw new Error(`yarn.lock does not know ${name} ${version}`);
  }
  const checksum = /\n {2}checksum: (\S+)/.exec(
    isOwn ? '' : lock.slice(start, lock.indexOf('\n\n', start)),
  )?.[1];
  return {
    type,
    'bom-ref': `${name}@${version}`,
    name,
    version,
    ...(license && { licenses: [{ expression: license }] }),
    ...(!isOwn && {
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    }),
    ...(checksum && {
      properties: [{ name: 'yarn.lock checksum', value: checksum }],
    }),
  };
}
