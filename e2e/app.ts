import { expect, Page } from '@playwright/test';
import { appUrl } from './clusters';

/** Opens a page of the app, as the guest. */
export async function open(page: Page, path: string) {
  await page.goto(`${appUrl}${path}`);
  const enter = page.getByRole('button', { name: 'Enter' });
  const main = page.getByRole('main');
  await expect(enter.or(main).first()).toBeVisible();
  if (await enter.isVisible()) await enter.click();
  await expect(main.first()).toBeVisible();
}
