import { chromium } from '@playwright/test';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { alertsUrl, buildApp, startBackstage } from '../backstage.mjs';
import { requireChromium } from '../chromium.mjs';
import { startLab } from '../lab.mjs';
import { stopAll } from '../processes.mjs';
import { root } from '../root.mjs';

const ROUNDS = 5;
const PORT = 18007;

/** Pages, each with a text that stands there once its data is shown. */
const pages = [
  ['Home', '/', 'Running migrations'],
  ['Security dashboard', '/cubemig/security', 'Top rules'],
  ['Migrations', '/cubemig/migrations', 'No migrations yet'],
  ['Clusters', '/cubemig/clusters', 'cluster1-a'],
  ['Entity tab', '/catalog/default/component/counter/migrations', 'counter-'],
];

/** What a browser measures of a page: milliseconds from the navigation on. */
function readPaints() {
  return new Promise(resolve => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      resolve({
        first: paint?.startTime ?? NaN,
        largest: list.getEntries().at(-1).startTime,
        now: performance.now(),
      });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

async function measure(context, appUrl, path, text) {
  const page = await context.newPage();
  await page.goto(`${appUrl}${path}`);
  await page.getByText(text).first().waitFor({ timeout: 60_000 });
  const paints = await page.evaluate(readPaints);
  await page.close();
  return paints;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The scripts that index.html names, and what they weigh as they are sent. */
function initialScripts() {
  const dist = join(root, 'packages/app/dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const names = readdirSync(join(dist, 'static')).filter(
    name => name.endsWith('.js') && html.includes(`static/${name}`),
  );
  const bytes = names.map(
    name => gzipSync(readFileSync(join(dist, 'static', name))).length,
  );
  return { count: names.length, kB: bytes.reduce((a, b) => a + b, 0) / 1000 };
}

async function main() {
  if (!process.env.CUBEMIG_APP_IS_BUILT) buildApp();
  const stateDir = join(root, '.cubemig/bench-face');
  rmSync(stateDir, { recursive: true, force: true });
  const lab = await startLab({
    stateDir: join(stateDir, 'lab'),
    portBase: 18440,
    subnet: 62,
    alertsUrl: alertsUrl(PORT),
  });
  const { appUrl } = await startBackstage(lab, {
    isDev: false,
    backendPort: PORT,
    stateDir: join(stateDir, 'backstage'),
  });
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const viewport = { width: 1280, height: 900 };
  const signedIn = await browser.newContext({ viewport });
  const page = await signedIn.newPage();
  await page.goto(appUrl);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByText('Running migrations').waitFor();
  const storageState = await signedIn.storageState();

  const { count, kB } = initialScripts();
  console.log(`
Production build, everything on this machine; ms after the navigation, median of ${ROUNDS}.
To begin with the browser loads ${count} scripts, ${kB.toFixed(0)} kB gzip.

                       first paint   largest paint   data shown
`);
  for (const [title, path, text] of pages) {
    for (const kind of ['new', 'again']) {
      const seen = [];
      for (let round = 0; round < ROUNDS; round++) {
        const context =
          kind === 'new'
            ? await browser.newContext({ viewport, storageState })
            : signedIn;
        seen.push(await measure(context, appUrl, path, text));
        if (context !== signedIn) await context.close();
      }
      const cells = ['first', 'largest', 'now'].map(key =>
        median(seen.map(paints => paints[key])).toFixed(0),
      );
      console.log(
        `${`${title}, ${kind}`.padEnd(26)}${cells[0].padStart(
          8,
        )}${cells[1].padStart(16)}${cells[2].padStart(13)}`,
      );
    }
  }
  await browser.close();
}

try {
  await main();
} finally {
  await stopAll();
}
