import { defineConfig } from '@playwright/test';

const runtime = process.env.LAB_RUNTIME || 'emulated';

/** Pictures are drawn on demand; some programs run as real processes only, others never. */
function chooseTests() {
  if (process.env.CUBEMIG_SCREENSHOTS) return { grep: /@screenshots/ };
  return {
    grepInvert:
      runtime === 'criu' ? /@screenshots|@emulated/ : /@screenshots|@criu/,
  };
}

/** End-to-end tests: the real app in Chromium, on the lab. `e2e/environment.mjs` starts both. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/environment.mjs',
  // one pair of clusters serves all tests
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  ...chooseTests(),
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ['list'],
    ['json', { outputFile: `.cubemig/reports/playwright-${runtime}.json` }],
  ],
  outputDir: 'test-results',
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
