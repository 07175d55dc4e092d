import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireChromium } from './chromium.mjs';
import { root } from './root.mjs';
import { tryTool } from './tools.mjs';

const reports = join(root, '.cubemig/reports');

/** `npm test`: unit and integration tests, then the real app in Chromium on the lab. Exits with 1 if any test failed. */
export async function test() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const chromium = requireChromium();

  const unit = tryTool(
    'backstage-cli',
    [
      // a busy machine is slow, not broken
      ...[
        'repo',
        'test',
        '--watch=false',
        '--maxWorkers=2',
        '--testTimeout=60000',
      ],
      ...['--json', `--outputFile=${join(reports, 'jest.json')}`],
    ],
    {
      env: {
        CI: '1',
        // @kubernetes/client-node is an ES module
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
      },
    },
  );
  const browser =
    unit === 0
      ? tryTool('playwright', ['test'], {
          env: {
            CHROMIUM_PATH: chromium,
          },
        })
      : 1;
  const { passed, failed } = countResults();
  console.log(`${passed} passed, ${failed} failed`);
  return unit === 0 && browser === 0 && failed === 0 ? 0 : 1;
}

/** What the runners' own reports say. A runner that left none counts as one failure. */
export function countResults() {
  const counts = { passed: 0, failed: 0 };
  const add = (file, read) => {
    try {
      const [passed, failed] = read(
        JSON.parse(readFileSync(join(reports, file), 'utf8')),
      );
      counts.passed += passed;
      counts.failed += failed;
    } catch {
      counts.failed += 1;
    }
  };
  add('jest.json', r => [
    r.numPassedTests,
    r.numFailedTests + r.numRuntimeErrorTestSuites,
  ]);
  add('playwright.json', ({ stats, errors }) => [
    stats.expected,
    stats.unexpected + stats.flaky + errors.length,
  ]);
  return counts;
}
