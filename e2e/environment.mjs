import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { alertsUrl, buildApp, startBackstage } from '../scripts/backstage.mjs';
import { startLab } from '../scripts/lab.mjs';
import { stopAll } from '../scripts/processes.mjs';
import { root } from '../scripts/root.mjs';

/** Where the tests themselves play the language model (see model.ts). */
const MODEL_PORT = 17450;

/** Playwright's global set-up: a lab and Backstage of the tests' own, beside whatever `npm start` runs. Returns the tear-down.
 * An environment that runs already is used when CUBEMIG_E2E tells of it. */
export default async function startEnvironment() {
  if (process.env.CUBEMIG_E2E) return undefined;
  const stateDir = join(root, '.cubemig/e2e');
  // What an earlier run decided would hold this one's responses back.
  rmSync(stateDir, { recursive: true, force: true });
  if (!process.env.CUBEMIG_APP_IS_BUILT) buildApp();
  try {
    const lab = await startLab({
      stateDir: join(stateDir, 'lab'),
      portBase: 17440,
      subnet: 61,
      alertsUrl: alertsUrl(17007),
    });
    const { appUrl } = await startBackstage(lab, {
      isDev: false,
      backendPort: 17007,
      stateDir: join(stateDir, 'backstage'),
      assessment: {
        apiKey: 'of-the-tests',
        model: 'model-of-the-tests',
        baseUrl: `http://127.0.0.1:${MODEL_PORT}`,
        attempts: 2,
        prices: {
          'model-of-the-tests': {
            promptPerMillion: 0.59,
            completionPerMillion: 0.79,
          },
        },
      },
    });
    const modelPort = MODEL_PORT;
    process.env.CUBEMIG_E2E = JSON.stringify({ lab, appUrl, modelPort });
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}
