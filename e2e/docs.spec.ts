import { expect, test } from '@playwright/test';
import { open } from './app';
import { findBarriers, findOverflow, watchConsole } from './judge';

test('@emulated the docs are a click away, and open where they help', async ({
  page,
}) => {
  const complaints = watchConsole(page);
  await open(page, '/cubemig/rules');
  await page.getByRole('link', { name: 'Help: Response rules' }).click();
  const heading = page.getByRole('heading', { name: 'Response rules' });
  await expect(heading).toBeInViewport();
  await expect(heading).toBeFocused();

  // From page to page, without the app being loaded anew
  const docs = page.getByRole('navigation', { name: 'All pages of the docs' });
  await docs.getByRole('link', { name: 'Threat model' }).click();
  await expect(
    page.getByRole('heading', { name: 'Who is not trusted' }),
  ).toBeVisible();
  await page.goBack();
  await expect(heading).toBeInViewport();
  expect(complaints).toEqual([]);
});

test('@emulated the docs fit every window, light and dark, without barriers', async ({
  page,
}) => {
  await open(
    page,
    '/cubemig/docs/troubleshooting?code=criu-missing#every-cause-that-cubemig-knows',
  );
  const row = page.getByRole('row', { name: /The node has no CRIU/ });
  await expect(row).toBeInViewport();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [360, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      const message = `${colorScheme}, ${width} px`;
      await expect.poll(() => findOverflow(page), { message }).toEqual([]);
      await expect.poll(() => findBarriers(page), { message }).toEqual([]);
    }
  }
});
