import { expect, test } from '@playwright/test';
import { appUrl, ClusterProbe } from './clusters';

const images = 'docs/images';

/** Draws the pictures of the docs: `npm run screenshots`. They show what the app does at that moment. */
test('@screenshots of a migration', async ({ page }) => {
  const { metadata } = await new ClusterProbe('cluster1').onlyPod('counter');
  await page.goto(`${appUrl}/catalog/default/component/counter/migrations`);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('button', { name: `Migrate ${metadata?.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Target cluster')).toHaveValue('cluster2');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await expect(
    dialog.getByRole('button', { name: 'Migrate to cluster2' }),
  ).toBeEnabled();
  await page.screenshot({ path: `${images}/migrate-dialog.png` });

  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await dialog.getByRole('button', { name: 'Migrate to cluster2' }).click();
  const steps = page.getByRole('list', { name: 'Steps' });
  const done = steps.getByRole('img', { name: 'succeeded' });
  await expect(done.nth(2)).toBeVisible({ timeout: 60_000 });
  await page.screenshot({ path: `${images}/migration.png` });

  await expect(done).toHaveCount(7, { timeout: 60_000 });
  await page.screenshot({ path: `${images}/completed.png` });
});
