import { expect, Page, test } from '@playwright/test';
import { open } from './app';
import { ClusterProbe } from './clusters';
import { signIn } from './migrations';

const cluster1 = new ClusterProbe('cluster1');
const cluster2 = new ClusterProbe('cluster2');

const REVERSE_SHELL =
  'Redirect STDOUT/STDIN to Network Connection in Container';

/** On the page of simulations. */
async function simulate(
  page: Page,
  attack: string,
  cluster: string,
  pod: string,
) {
  await page.getByLabel('Attack').selectOption(attack);
  await page.getByLabel('Cluster').selectOption(cluster);
  await page.getByLabel('Pod', { exact: true }).selectOption(pod);
  const started = page.waitForResponse(
    response =>
      response.request().method() === 'POST' &&
      response.url().endsWith('/simulations'),
  );
  const run = page.getByRole('button', { name: 'Run the attack' });
  // Until the permission is known, a click does nothing.
  await expect(run).not.toHaveAttribute('aria-disabled');
  await run.click();
  // Leaving the page earlier may cut the request.
  expect((await started).ok()).toBe(true);
}

test('@emulated the first run: a reverse shell is seen, and its pod moves away with the evidence', async ({
  page,
}) => {
  const name = (await cluster1.onlyPod('vuln-web')).metadata!.name!;
  await open(page, '/');
  await page.getByRole('link', { name: 'Open the simulation' }).click();
  await simulate(page, 'Reverse shell', 'cluster1', name);

  await open(page, '/cubemig/security');
  const alert = page.getByRole('link', { name: REVERSE_SHELL }).first();
  await expect(alert).toBeVisible({ timeout: 20_000 });
  await alert.click();
  await expect(
    page.getByText('Rule A reverse shell moves the pod away'),
  ).toBeVisible({ timeout: 20_000 });

  const client = await signIn();
  const decisions = async () =>
    (await client.response.listDecisions()).items.filter(
      ({ pod, falcoRule }) => pod === name && falcoRule === REVERSE_SHELL,
    );
  await expect
    .poll(async () => (await decisions()).map(({ status }) => status), {
      timeout: 60_000,
    })
    .toContain('succeeded');
  const moved = (await decisions()).find(d => d.status === 'succeeded')!;
  expect(moved.action).toBe('migrate');
  expect(await cluster1.pods('vuln-web')).toEqual([]);
  expect((await cluster2.onlyPod('vuln-web')).metadata?.name).toBe(name);

  await open(page, '/');
  await page
    .getByRole('link', { name: 'Open the report' })
    .click({ timeout: 30_000 });
  await expect(
    page.getByText('A program was written into the container'),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Suspicious', { exact: true })).toBeVisible();
  expect(page.url()).toContain(moved.migration);
  await page.getByRole('tab', { name: 'Processes' }).click();
  await expect(
    page.getByRole('tabpanel').getByText('web', { exact: true }).first(),
  ).toBeVisible();

  await open(page, '/');
  const read = page
    .getByRole('listitem')
    .filter({ hasText: 'Read the report' });
  await expect(read.getByRole('img', { name: 'succeeded' })).toBeVisible();
});

test('@emulated what a rule asks for waits for a person, and is done when one says so', async ({
  page,
}) => {
  const pod = await cluster2.onlyPod('vuln-web');
  const name = pod.metadata!.name!;
  await open(page, '/cubemig/simulation');
  await simulate(page, 'Log removal', 'cluster2', name);

  await open(page, '/cubemig/security');
  await page
    .getByRole('region', { name: 'Waiting for approval' })
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: 'Approve' })
    .first()
    .click({ timeout: 30_000 });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Approve' }).click();

  const client = await signIn();
  await expect
    .poll(
      async () => {
        const { items } = await client.response.listDecisions();
        return items.find(d => d.action === 'checkpoint' && d.pod === name)
          ?.status;
      },
      { timeout: 60_000 },
    )
    .toBe('succeeded');
  const after = await cluster2.onlyPod('vuln-web');
  expect(after.metadata?.uid).toBe(pod.metadata?.uid);
  expect(after.status?.containerStatuses?.[0].restartCount).toBe(0);
});
