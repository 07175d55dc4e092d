import { expect, Page, test } from '@playwright/test';
import { sendAlert } from './alerts';
import { open } from './app';
import { findApp } from './clusters';
import { signIn, startMigration } from './migrations';

/** Another browser's window, which is not loaded again while its test runs. */
async function openBeside(page: Page, path: string) {
  const context = await page.context().browser()!.newContext();
  const other = await context.newPage();
  await open(other, path);
  let loads = 0;
  other.on('framenavigated', () => {
    loads += 1;
  });
  return { other, loads: () => loads, close: () => context.close() };
}

test('@emulated a migration that one starts is followed by the other', async ({
  page,
}) => {
  const { name, there } = await findApp('counter');
  const { other, loads, close } = await openBeside(page, '/cubemig/migrations');
  const rows = other.getByRole('table', { name: 'Migrations' });

  await open(page, '/catalog/default/component/counter/migrations');
  await startMigration(page, name, there.name);
  const { items } = await (await signIn()).migrations.list({ limit: 1 });
  const row = rows
    .getByRole('row')
    .filter({ has: other.locator(`a[href$="/migrations/${items[0].id}"]`) });
  await expect(row).toContainText(name, { timeout: 30_000 });
  await expect(row).toContainText('Completed', { timeout: 60_000 });
  await expect(page.getByRole('status').getByText('Completed')).toBeVisible({
    timeout: 60_000,
  });
  expect(loads()).toBe(0);
  await close();
});

test('@emulated what one approves is decided for the other', async ({
  page,
}) => {
  const { name, here } = await findApp('duo');
  const alert = await sendAlert(here.name, name, {
    rule: 'Clear Log Activities',
    priority: 'Warning',
  });
  const { other, loads, close } = await openBeside(
    page,
    `/cubemig/security/alerts/${alert.id}`,
  );
  await expect(other.getByText('waits for approval')).toBeVisible({
    timeout: 30_000,
  });

  await open(page, '/cubemig/security');
  const waiting = page.getByRole('region', { name: 'Waiting for approval' });
  const line = waiting.getByRole('listitem').filter({ hasText: name });
  await line.getByRole('button', { name: 'Approve' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Approve' })
    .click();
  await expect(line).toBeHidden();
  await expect(other.getByText('waits for approval')).toBeHidden();
  await expect(other.getByText('succeeded')).toBeVisible({ timeout: 60_000 });
  expect(loads()).toBe(0);
  await close();
});
