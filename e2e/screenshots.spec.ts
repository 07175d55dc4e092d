import { expect, Page, test } from '@playwright/test';
import { AttackName } from '@cubemig/plugin-cubemig-common';
import { open } from './app';
import { ClusterProbe, withFault } from './clusters';
import { migrateByApi, signIn } from './migrations';

const cluster1 = new ClusterProbe('cluster1');

function shoot(page: Page, name: string) {
  return page.screenshot({ path: `docs/images/${name}.png` });
}

/*
 * These draw the pictures of the docs: `npm run screenshots`. They show what the app does at that moment.
 */

test('@screenshots of a migration', async ({ page }) => {
  const { metadata } = await cluster1.onlyPod('counter');
  await open(page, '/catalog/default/component/counter/migrations');
  await page.getByRole('button', { name: `Migrate ${metadata?.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Target cluster')).toHaveValue('cluster2');
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  const start = dialog.getByRole('button', { name: 'Migrate to cluster2' });
  await expect(start).toBeEnabled();
  await shoot(page, 'migrate-dialog');

  const steps = page.getByRole('list', { name: 'Steps' });
  const done = steps.getByRole('img', { name: 'succeeded' });
  // It would be over before its picture is taken.
  await withFault({ fault: 'registry-slow', seconds: 1 }, async () => {
    await start.click();
    await expect(done.nth(1)).toBeVisible({ timeout: 60_000 });
    await expect(steps.getByText('Push to registry')).toBeVisible();
    await shoot(page, 'migration');
  });

  await expect(done).toHaveCount(7, { timeout: 60_000 });
  await shoot(page, 'completed');
});

test('@screenshots of a response', async ({ page }) => {
  const { metadata } = await cluster1.onlyPod('vuln-web');
  const client = await signIn();
  await migrateByApi((await cluster1.onlyPod('kv')).metadata!.name!);
  const attack = (cluster: string, name: AttackName) =>
    client.simulations.startSimulation({
      cluster,
      namespace: 'demo',
      pod: metadata!.name!,
      attack: name,
    });
  await attack('cluster1', 'reverse_shell');
  const moved = async () =>
    (await client.response.listDecisions()).items.find(
      ({ action, status }) => action === 'migrate' && status === 'succeeded',
    );
  await expect.poll(moved, { timeout: 60_000 }).toBeTruthy();
  const { alert, migration } = (await moved())!;
  await attack('cluster2', 'log_removal');

  await open(page, '/');
  await page.waitForLoadState('networkidle');
  await shoot(page, 'home');

  await open(page, '/cubemig/security');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible({
    timeout: 30_000,
  });
  await shoot(page, 'security');

  const pages = {
    alert: `security/alerts/${alert}`,
    forensics: `migrations/${migration}?tab=forensics`,
    migrations: 'migrations',
    clusters: 'clusters',
    rules: 'rules',
    simulation: 'simulation',
    logs: 'logs',
  };
  for (const [name, path] of Object.entries(pages)) {
    await open(page, `/cubemig/${path}`);
    await page.waitForLoadState('networkidle');
    await shoot(page, name);
  }

  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, '/cubemig/security');
  await page.waitForLoadState('networkidle');
  await shoot(page, 'security-dark');
});
