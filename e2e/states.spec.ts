import { expect, Page, test } from '@playwright/test';
import { amendAnswers, failAnswers, Failure, holdAnswers } from './answers';
import { open } from './app';
import { findBarriers, findOverflow } from './judge';
import { fillPages, PageName, pageNames, Shown } from './pages';

let pages: Record<PageName, Shown>;
test.beforeAll(async () => {
  pages = await fillPages();
});

async function expectSound(page: Page, message: string) {
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => findOverflow(page), { message }).toEqual([]);
  await expect.poll(() => findBarriers(page), { message }).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('@emulated pages show that something is on its way, until it comes', async ({
  page,
}) => {
  for (const name of pageNames) {
    const release = await holdAnswers(page);
    const { path, landmark } = pages[name];
    await open(page, path);
    await expect(
      page.getByRole('status', { name: /^Loading/ }).first(),
      name,
    ).toBeVisible();
    release();
    await expect(landmark(page), name).toBeVisible();
  }
});

const failing: Record<Failure, readonly PageName[]> = {
  500: pageNames,
  403: ['dashboard', 'migration', 'clusters'],
  cut: ['dashboard', 'migrations', 'tab'],
};
for (const [failure, names] of Object.entries(failing)) {
  test(`@emulated pages say what failed (${failure}), and come back`, async ({
    page,
  }) => {
    for (const name of names) {
      const { path, landmark } = pages[name];
      const mend = await failAnswers(page, failure as Failure);
      await open(page, path);
      await expect(page.getByRole('alert').first(), name).toBeVisible();
      if (name === 'dashboard') await expectSound(page, failure);
      await mend();
      // Some come back by themselves before they are asked to.
      await expect(async () => {
        for (const again of await page
          .getByRole('button', { name: 'Try again' })
          .all()) {
          await again.click({ timeout: 1000 }).catch(() => {});
        }
        await expect(landmark(page), name).toBeVisible({ timeout: 2000 });
      }).toPass({ timeout: 30_000 });
    }
  });
}

const empty: Partial<Record<PageName, string>> = {
  dashboard: 'No alerts in this time',
  migrations: 'No migrations yet',
  report: 'No forensic report',
  clusters: 'No clusters',
  rules: 'No response rules yet',
  logs: 'No logs yet',
  simulation: 'None yet',
  tab: 'No migrations yet',
};
test('@emulated pages say that there is nothing yet', async ({ page }) => {
  await amendAnswers(page, /./, answer =>
    Array.isArray(answer.items) ? { items: [], total: 0 } : answer,
  );
  await amendAnswers(page, /^\/alerts\/summary$/, answer => ({
    ...answer,
    ...{ alerts: 0, occurrences: 0, open: 0, priorities: {} },
    ...{ buckets: [], rules: [], workloads: [], clusters: [] },
  }));
  for (const [name, note] of Object.entries(empty)) {
    await open(page, pages[name as PageName].path);
    await expect(page.getByText(note).first(), name).toBeVisible();
    if (name === 'dashboard' || name === 'tab') await expectSound(page, name);
  }
});

const MANY = 10_000;

/** A list's answer as if there were ten thousand, of which a page is sent. */
function multiply<T extends object>(
  answer: { items: T[] },
  id: keyof T,
  length: number,
) {
  const [item] = answer.items;
  if (!item) return answer;
  const items = Array.from({ length }, (_, i) => ({
    ...item,
    [id]: `${item[id]}-${i}`,
  }));
  return { items, total: MANY, nextCursor: 'next' };
}

test('@emulated lists of ten thousand are turned page by page', async ({
  page,
}) => {
  const sizeOf = (url: URL) => Number(url.searchParams.get('limit') ?? 100);
  await amendAnswers(page, /^\/(migrations|alerts)$/, (answer, url) =>
    url.searchParams.has('cursor')
      ? answer
      : multiply(answer, 'id', sizeOf(url)),
  );
  for (const name of ['migrations', 'dashboard'] as const) {
    const { path, landmark } = pages[name];
    await open(page, path);
    await expect(landmark(page), name).toBeVisible();
    await expect(page.getByText('10,000 in all')).toBeVisible();
    await expectSound(page, name);
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page).toHaveURL(/cursor=next/);
    await page.goBack();
    await expect(page.getByText('10,000 in all')).toBeVisible();
  }

  await amendAnswers(
    page,
    /^\/clusters\/[^/]+\/namespaces\/[^/]+\/pods$/,
    ({ items }) => {
      const all = multiply({ items }, 'uid', MANY).items;
      return { items: all.map((pod, i) => ({ ...pod, name: `pod-${i}` })) };
    },
  );
  await open(page, pages.clusters.path);
  const left = page.getByRole('region', { name: 'Pods, left' });
  await expect(left.getByText('1–50 of 10,000')).toBeVisible();
  await left.getByLabel('Find a pod').fill('pod-9999');
  await expect(left.getByRole('table').getByText('pod-9999')).toBeVisible();
  await expect(left.getByRole('row')).toHaveCount(2);
});

test('@emulated a report of ten thousand processes and files is searched as it is typed', async ({
  page,
}) => {
  await amendAnswers(page, /\/reports\/[^/]+$/, stored => {
    const { report } = stored;
    const [first] = report.processes;
    // A hundred workers with as many helpers each
    report.processes = Array.from({ length: MANY }, (_, i) => ({
      ...first,
      pid: i + 1,
      ppid: i === 0 ? 0 : Math.max(1, Math.floor((i + 1) / 100)),
      command: `helper-${i + 1}`,
    }));
    report.rootfs_changes = Array.from({ length: MANY }, (_, i) => ({
      path: `/srv/${i % 20}/file-${i}`,
      change: 'written',
      type: 'file',
      size: i,
    }));
    return stored;
  });
  await open(page, `${pages.report.path}&part=processes`);
  const tree = page.getByRole('tabpanel').last();
  await expect(tree.getByText('helper-1', { exact: true })).toBeVisible();
  await tree.getByRole('button', { name: 'Unfold all' }).click();
  const lines = tree.getByRole('listitem');
  await expect(tree.getByText('helper-2', { exact: true })).toBeVisible();
  expect(await lines.count()).toBeLessThan(300);
  // Each key as a person presses it: all but the last fit thousands
  await tree.getByRole('searchbox').pressSequentially('helper-9876');
  await expect(tree.getByText('helper-9876', { exact: true })).toBeVisible();
  await expect(tree.getByText('helper-9875', { exact: true })).toHaveCount(0);

  await page.getByRole('tab', { name: 'Files' }).click();
  await tree.getByText('srv/').click();
  await tree.getByText(/^7\//).click();
  await expect(tree.getByText('file-7', { exact: true })).toBeVisible();
  await expect(
    tree.getByRole('button', { name: 'Show 200 more' }),
  ).toBeVisible();
});
