import { expect, Page } from '@playwright/test';
import { CubemigClient, Migration } from '@cubemig/plugin-cubemig-common';
import { appUrl } from './clusters';

/** A guest's access to CubeMig's API, past the browser. */
export async function signIn(): Promise<CubemigClient> {
  const response = await fetch(`${appUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await response.json();
  return new CubemigClient({
    discoveryApi: { getBaseUrl: async plugin => `${appUrl}/api/${plugin}` },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...init?.headers,
            Authorization: `Bearer ${backstageIdentity.token}`,
          },
        }),
    },
  });
}

/** Migrates a pod of the namespace `demo`, by default from cluster1 to cluster2, and waits until that has succeeded. */
export async function migrateByApi(
  pod: string,
  { from, to } = { from: 'cluster1', to: 'cluster2' },
): Promise<Migration> {
  const client = await signIn();
  const { id } = await client.migrations.start({
    sourceCluster: from,
    targetCluster: to,
    namespace: 'demo',
    pod,
  });
  let migration = await client.migrations.get(id);
  await expect
    .poll(
      async () => {
        migration = await client.migrations.get(id);
        return migration.failure ?? migration.status;
      },
      { timeout: 90_000 },
    )
    .toBe('completed');
  return migration;
}

/** Starts a migration in the dialog, from a page that shows the pod. */
export async function startMigration(page: Page, pod: string, target: string) {
  await page.getByRole('button', { name: `Migrate ${pod}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Target cluster').selectOption(target);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: 'Make the plan' }).click();
  await dialog.getByRole('button', { name: `Migrate to ${target}` }).click();
  await expect(dialog).toBeHidden();
}
