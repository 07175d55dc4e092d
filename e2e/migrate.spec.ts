import { expect, Page, test } from '@playwright/test';
import { open } from './app';
import { ClusterProbe, withFault } from './clusters';
import { startMigration } from './migrations';
import { withStore } from './store';

const cluster1 = new ClusterProbe('cluster1');
const cluster2 = new ClusterProbe('cluster2');

async function openMigrations(page: Page, component: string) {
  await open(page, `/catalog/default/component/${component}/migrations`);
  await expect(page.getByRole('heading', { name: 'cluster1' })).toBeVisible();
}

async function expectEveryStepSucceeded(page: Page) {
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps.getByRole('img', { name: 'succeeded' })).toHaveCount(7, {
    timeout: 60_000,
  });
  await expect(page.getByRole('status').getByText('Completed')).toBeVisible();
}

/** The numbers that the counter wrote into its log, in order. */
function counts(log: string[]) {
  return log.map(line => Number(/^count (\d+)$/.exec(line)?.[1]));
}

test('a counter moves to another cluster and counts on', async ({ page }) => {
  const source = await cluster1.onlyPod('counter');
  const name = source.metadata!.name!;
  await openMigrations(page, 'counter');
  const before = counts(await cluster1.log(name)).at(-1)!;

  await startMigration(page, name, 'cluster2');
  await expectEveryStepSucceeded(page);

  const restored = await cluster2.onlyPod('counter');
  expect(restored.metadata?.name).toBe(name);
  expect(restored.metadata?.labels).toMatchObject({
    'cubemig.io/source-cluster': 'cluster1',
  });
  expect(restored.metadata?.ownerReferences?.[0].kind).toBe('ReplicaSet');
  await expect
    .poll(async () => counts(await cluster2.log(name)).at(-1))
    .toBeGreaterThan(before + 3);
  const all = counts(await cluster2.log(name));
  expect(all).toEqual(all.map((_, index) => index));

  expect(await cluster1.pods('counter')).toEqual([]);
  expect(await cluster1.replicas('counter')).toBe(0);
  expect(await cluster2.replicas('counter')).toBe(1);
  await expect.poll(() => cluster1.leftovers()).toEqual([]);
  await expect.poll(() => cluster2.leftovers()).toEqual([]);
});

test('and back again, into the Deployment that waits there', async ({
  page,
}) => {
  const source = await cluster2.onlyPod('counter');
  const name = source.metadata!.name!;
  await openMigrations(page, 'counter');
  const before = counts(await cluster2.log(name)).at(-1)!;

  await startMigration(page, name, 'cluster1');
  await expectEveryStepSucceeded(page);

  const restored = await cluster1.onlyPod('counter');
  expect(restored.metadata?.labels).toMatchObject({ 'cubemig.io/hops': '2' });
  await expect
    .poll(async () => counts(await cluster1.log(name)).at(-1))
    .toBeGreaterThan(before);
  expect(await cluster2.pods('counter')).toEqual([]);
  expect(await cluster1.replicas('counter')).toBe(1);
});

test('a key-value store keeps its 10,000 keys', async ({ page }) => {
  const source = await cluster1.onlyPod('kv');
  await withStore(source.status!.podIP!, async store => {
    const entries = Array.from({ length: 10_000 }, (_, i) => [
      `key:${i}`,
      `value ${i * 7}`,
    ]);
    await store.mSet(entries.flat());
    expect(await store.dbSize()).toBe(10_000);
  });

  await openMigrations(page, 'kv');
  await startMigration(page, source.metadata!.name!, 'cluster2');
  await expectEveryStepSucceeded(page);

  const restored = await cluster2.onlyPod('kv');
  await withStore(restored.status!.podIP!, async store => {
    expect(await store.dbSize()).toBe(10_000);
    const keys = Array.from({ length: 10_000 }, (_, i) => `key:${i}`);
    const values = await store.mGet(keys);
    expect(values).toEqual(keys.map((_, i) => `value ${i * 7}`));
  });
  expect(await cluster1.pods('kv')).toEqual([]);
});

test('a target that cannot restore leaves the source as it was', async ({
  page,
}) => {
  const before = await cluster1.onlyPod('counter');
  const name = before.metadata!.name!;
  await withFault({ fault: 'restore-fails', cluster: 'cluster2' }, async () => {
    await openMigrations(page, 'counter');
    await startMigration(page, name, 'cluster2');

    const failure = page.getByRole('alert').filter({ hasText: 'failed' });
    await expect(failure).toContainText('The step “Restore” failed', {
      timeout: 60_000,
    });
    await expect(failure).toContainText('CRIU restoring failed');
    await expect(failure).toContainText('The source is still running');
  });
  const after = await cluster1.onlyPod('counter');
  expect(after.metadata?.uid).toBe(before.metadata?.uid);
  expect(after.status?.containerStatuses?.[0].restartCount).toBe(0);
  expect(after.status?.containerStatuses?.[0].ready).toBe(true);
  const last = counts(await cluster1.log(name)).at(-1)!;
  await expect
    .poll(async () => counts(await cluster1.log(name)).at(-1))
    .toBeGreaterThan(last);
  expect(await cluster2.pods('counter')).toEqual([]);
  expect(await cluster1.replicas('counter')).toBe(1);
  await expect.poll(() => cluster1.leftovers()).toEqual([]);
  await expect.poll(() => cluster2.leftovers()).toEqual([]);
});
