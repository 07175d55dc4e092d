import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './backstage.mjs';
import { requireChromium } from './chromium.mjs';
import { prepareCriu } from './criu.mjs';
import { canHavePostgres } from './reliability/postgres.mjs';
import { root } from './root.mjs';
import { tryTool } from './tools.mjs';

const reports = join(root, '.cubemig/reports');

/** `npm test`: unit and integration tests, then the real app in Chromium on the lab. Exits with 1 if any test failed. */
export async function test() {
  const { passed, failed } = runTests();
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * Runs all tests, up to the first runner that fails. The end-to-end tests run on the lab's emulated containers and, where
 * the machine can have them, on real processes. Returns what the runners' own reports count; a runner that failed counts as one failure at
 * least.
 */
export function runTests() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const chromium = requireChromium();
  const hasRealProcesses = prepareCriu();

  const total = { passed: 0, failed: 0 };
  const run = (title, runner, ...args) => {
    if (total.failed > 0) return;
    console.log(`\n== ${title}`);
    const { passed, failed } = runner(...args);
    total.passed += passed;
    total.failed += failed;
  };
  run('unit and integration tests', runJest);
  if (total.failed === 0) buildApp();
  if (canHavePostgres()) {
    run('backends killed in the middle of migrations', runReliability);
  } else {
    console.log(
      '\n== backends killed in the middle of migrations: NOT RUN (needs PostgreSQL: apt-get install postgresql)',
    );
  }
  run('end to end, emulated containers', runPlaywright, 'emulated', chromium);
  if (hasRealProcesses) {
    run('end to end, real processes', runPlaywright, 'criu', chromium);
  } else {
    console.log('\n== end to end, real processes: NOT RUN (see above why)');
  }
  return total;
}

function runJest() {
  const report = join(reports, 'jest.json');
  const status = tryTool(
    'backstage-cli',
    [
      ...['repo', 'test', '--watch=false', '--maxWorkers=2'],
      ...['--json', `--outputFile=${report}`],
    ],
    {
      env: {
        CI: '1',
        // @kubernetes/client-node is an ES module
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
      },
    },
  );
  return count(report, status, result => [
    result.numPassedTests,
    result.numFailedTests + result.numRuntimeErrorTestSuites,
  ]);
}

function runPlaywright(runtime, chromium) {
  const status = tryTool('playwright', ['test'], {
    env: {
      CHROMIUM_PATH: chromium,
      CUBEMIG_APP_IS_BUILT: '1',
      LAB_RUNTIME: runtime,
    },
  });
  const report = join(reports, `playwright-${runtime}.json`);
  return count(report, status, ({ stats, errors }) => [
    stats.expected,
    stats.unexpected + stats.flaky + errors.length,
  ]);
}

function runReliability() {
  const report = join(reports, 'reliability.json');
  const status = tryTool('node', [
    'scripts/run.mjs',
    ...['reliability', '--sample', '--report', report],
  ]);
  return count(report, status, ({ passed, failed }) => [passed, failed]);
}

function count(report, status, read) {
  let passed = 0;
  let failed = 0;
  try {
    [passed, failed] = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    failed = 1;
  }
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1) };
}
