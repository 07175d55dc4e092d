import { requireChromium } from './chromium.mjs';
import { tryTool } from './tools.mjs';

/** `npm run screenshots`: draws the pictures of the docs anew, from the app as it is. */
export async function screenshots() {
  return tryTool('playwright', ['test'], {
    env: { CHROMIUM_PATH: requireChromium(), CUBEMIG_SCREENSHOTS: '1' },
  });
}
