import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** The path of a Chromium or Chrome: `CHROMIUM_PATH`, an installed one, or Debian's package where that can be installed. */
export function requireChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && findOnPath('apt-get')) {
    console.log('Installing Chromium for the browser tests ...');
    const apt = args =>
      spawnSync('apt-get', args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    apt(['update', '-q']);
    apt(['install', '-qy', '--no-install-recommends', 'chromium']);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'the browser tests need Chromium or Chrome: install one (Debian: apt-get install chromium), or name it in CHROMIUM_PATH',
  );
}

function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return names.map(findOnPath).find(path => path !== undefined);
}

function findOnPath(name) {
  return process.env.PATH.split(delimiter)
    .map(folder => join(folder, name))
    .find(path => existsSync(path));
}
