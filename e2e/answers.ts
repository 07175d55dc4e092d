import { Page } from '@playwright/test';
import { appUrl } from './clusters';

/** Which requests to CubeMig's API: those whose path below `/api/cubemig` fits. */
function isAsked(path: RegExp) {
  return (url: URL) =>
    url.href.startsWith(`${appUrl}/api/cubemig/`) &&
    path.test(url.pathname.replace('/api/cubemig', ''));
}

/** Changes what the real backend answers when it is asked for something. */
export async function amendAnswers(
  page: Page,
  path: RegExp,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  change: (answer: any, url: URL) => unknown,
) {
  await page.route(isAsked(path), async route => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    const json = change(await response.json(), new URL(route.request().url()));
    return route.fulfill({ response, json });
  });
}

/** Errors in the form in which Backstage's backends write them, or no answer at all. */
const failures = {
  500: { name: 'InternalServerError', message: 'The database is gone' },
  403: { name: 'NotAllowedError', message: 'You may not see this' },
  cut: undefined,
};
export type Failure = keyof typeof failures;

/** Lets CubeMig's API fail, until the returned function is called. */
export async function failAnswers(page: Page, failure: Failure) {
  const error = failures[failure];
  const everything = isAsked(/./);
  await page.route(everything, route =>
    error
      ? route.fulfill({
          status: Number(failure),
          json: { error, response: { statusCode: Number(failure) } },
        })
      : route.abort('connectionreset'),
  );
  return () => page.unroute(everything);
}

/** Holds CubeMig's answers back, until the returned function is called. */
export async function holdAnswers(page: Page) {
  let release = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  await page.route(isAsked(/./), async route => {
    await released;
    await route.fallback();
  });
  return release;
}
