import { expect, test } from '@playwright/test';
import { open } from './app';

test("Backstage's own Kubernetes tab finds the pods and nothing to complain of", async ({
  page,
}) => {
  await open(page, '/catalog/default/component/counter/kubernetes');
  // It shows the clusters that run something of the entity.
  await expect(page.getByText('cluster1', { exact: true })).toBeVisible();
  await expect(page.getByText('No pods with errors')).toBeVisible();
  await expect(page.getByText(/There was a problem retrieving/)).toHaveCount(0);
});
