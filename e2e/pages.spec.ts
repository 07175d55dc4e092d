import { expect, test } from '@playwright/test';
import { open } from './app';
import { findBarriers, findOverflow, watchConsole } from './judge';
import { fillPages, pageNames, PageName, Shown } from './pages';

const windows = [
  { width: 360, height: 740 },
  { width: 1280, height: 900 },
  { width: 2560, height: 1300 },
];

let pages: Record<PageName, Shown>;
test.beforeAll(async () => {
  pages = await fillPages();
});

for (const name of pageNames) {
  test(`@emulated ${name}: fits every window, light and dark, without barriers`, async ({
    page,
  }) => {
    const complaints = watchConsole(page);
    const { path, landmark } = pages[name];
    await open(page, path);
    await expect(landmark(page)).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const size of windows) {
        await page.setViewportSize(size);
        const message = `${name}, ${colorScheme}, ${size.width} px`;
        // What is drawn anew for another window or theme may need a moment.
        await expect.poll(() => findOverflow(page), { message }).toEqual([]);
        if (size.width > 2000) continue;
        await expect.poll(() => findBarriers(page), { message }).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });
}
