import { expect, Locator, Page, test } from '@playwright/test';
import { open } from './app';
import { amendAnswers } from './answers';
import { findApp } from './clusters';
import { migrateByApi } from './migrations';

/** Goes from stop to stop by the Tab key until it comes to `target`, which shows that it has the focus. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeEnabled();
  for (let stops = 0; stops < 100; stops++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate(node => node === document.activeElement)) break;
  }
  await expect(target).toBeFocused();
  expect(await target.evaluate(node => node.matches(':focus-visible'))).toBe(
    true,
  );
}

const press = (page: Page, key: string) => page.keyboard.press(key);

test('@emulated a pod is migrated without a mouse', async ({ page }) => {
  const { name, there } = await findApp('duo');
  await open(page, '/catalog/default/component/duo/migrations');
  const opener = page.getByRole('button', { name: `Migrate ${name}` });
  const dialog = page.getByRole('dialog');

  await tabTo(page, opener);
  await press(page, 'Enter');
  await expect(dialog).toBeVisible();
  await press(page, 'Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  await press(page, 'Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Next' }));
  await press(page, 'Enter');
  const volumes = dialog.getByLabel('Files of emptyDir volumes go along');
  await tabTo(page, volumes);
  const before = await volumes.isChecked();
  await press(page, 'Space');
  await expect(volumes).toBeChecked({ checked: !before });
  await press(page, 'Space');
  await tabTo(page, dialog.getByRole('button', { name: 'Make the plan' }));
  await press(page, 'Enter');
  await tabTo(
    page,
    dialog.getByRole('button', { name: `Migrate to ${there.name}` }),
  );
  await press(page, 'Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').getByText('Completed')).toBeVisible({
    timeout: 60_000,
  });
});

test('@emulated a response rule is written and removed without a mouse', async ({
  page,
}) => {
  const rule = 'Shells are noted down';
  await open(page, '/cubemig/rules');
  const opener = page.getByRole('button', { name: 'Add a rule' });
  const dialog = page.getByRole('dialog');

  await tabTo(page, opener);
  await press(page, 'Enter');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Name', exact: true }));
  await page.keyboard.type(rule);
  await tabTo(page, dialog.getByLabel('Falco rules'));
  await page.keyboard.type('Terminal shell in');
  await expect(
    page.getByRole('option', { name: 'Terminal shell in container' }),
  ).toBeVisible();
  await press(page, 'ArrowDown');
  await press(page, 'Enter');
  await expect(
    dialog.getByRole('button', { name: 'Terminal shell in container' }),
  ).toBeVisible();
  await tabTo(page, dialog.getByRole('button', { name: 'Save' }));
  await press(page, 'Enter');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  const row = page.getByRole('row').filter({ hasText: rule });
  await tabTo(page, row.getByRole('button', { name: 'Delete' }));
  await press(page, 'Enter');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(page, dialog.getByRole('button', { name: 'Delete' }));
  await press(page, 'Enter');
  await expect(row).toBeHidden();
});

test('@emulated a report is read without a mouse', async ({ page }) => {
  const { name, here, there } = await findApp('duo');
  const { id } = await migrateByApi(name, { from: here.name, to: there.name });
  await amendAnswers(page, /\/reports\/[^/]+$/, stored => {
    const [first] = stored.report.processes;
    const child = { ...first, pid: 4242, ppid: first.pid, command: 'helper' };
    stored.report.processes.push(child);
    return stored;
  });
  await open(page, `/cubemig/migrations/${id}?tab=forensics`);
  const findings = page.getByRole('tab', { name: 'Findings' });
  const processes = page.getByRole('tab', { name: 'Processes' });

  await tabTo(page, findings);
  await press(page, 'ArrowRight');
  await expect(processes).toBeFocused();
  await press(page, 'Enter');
  const helper = page.getByRole('tabpanel').getByText('helper').first();
  await expect(helper).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: /^Hide the children/ }));
  await press(page, 'Enter');
  await expect(helper).toBeHidden();
  await press(page, 'Enter');
  await expect(helper).toBeVisible();
});
