import { expect, Page, test } from '@playwright/test';
import { sendAlert } from './alerts';
import { open } from './app';
import { findApp } from './clusters';
import { findBarriers, findOverflow } from './judge';
import { signIn } from './migrations';
import { answerTo, hold, INVENTED, refuse, say, withModel } from './model';

// Without digits: commands are kept without them.
const secret = 'correct-horse-battery';
let migration: string;

/** A checkpoint as evidence of an alert whose command line gives a password away. */
test.beforeAll(async () => {
  const { name, here } = await findApp('duo');
  const alert = await sendAlert(here.name, name, {
    rule: 'Clear Log Activities',
    priority: 'Warning',
    command: `mysql --password=${secret} -e "reset logs"`,
  });
  const client = await signIn();
  const decision = async () =>
    (await client.response.listDecisions()).items.find(
      ({ alert: of, action }) => of === alert.id && action === 'checkpoint',
    );
  const status = async () => (await decision())?.status;
  // A worker that comes after a test that failed finds it done.
  await expect
    .poll(status, { timeout: 60_000 })
    .toMatch(/^(awaiting-approval|succeeded)$/);
  const { id, status: found } = (await decision())!;
  if (found === 'awaiting-approval') await client.response.approveDecision(id);
  await expect.poll(status, { timeout: 90_000 }).toBe('succeeded');
  migration = (await decision())!.migration!;
});

async function openAssessment(page: Page) {
  await open(
    page,
    `/cubemig/migrations/${migration}?tab=forensics&container=writer&part=assessment`,
  );
  return {
    ask: page.getByRole('button', { name: /^Assess (this report|it again)$/ }),
    written: page.getByLabel('What it has written so far, not checked yet'),
  };
}

test('@emulated an assessment is read while it is written, and checked when it is there', async ({
  page,
}) => {
  await withModel(async model => {
    const { isOver, goOn } = hold();
    model.replies = [say(answerTo, isOver)];
    const { ask, written } = await openAssessment(page);
    await ask.click({ timeout: 30_000 });
    // The model waits until somebody has read the first half.
    await expect(written).toContainText('"verdict":', { timeout: 30_000 });
    await expect(page.getByText('The model is writing')).toBeVisible();
    expect(await written.textContent()).not.toContain('T1070');
    await expectSound(page);
    goOn();

    await expect(page.getByText('75 % sure')).toBeVisible();
    const [request] = model.requests;
    const answer = answerTo(request);
    const [real] = answer.hypothesis.evidence;
    await expect(
      page.getByLabel(`${real.value}: in the report`).first(),
    ).toBeVisible();
    await expect(
      page.getByLabel(`${INVENTED}: not in the report`),
    ).toBeVisible();
    await expect(page.getByText(answer.hypothesis.text)).toBeVisible();
    await expect(
      page.getByText('Removed before it was sent: 1 secrets'),
    ).toBeVisible();
    await expect(page.getByText('1000 tokens read, 200 written')).toBeVisible();
    await expect(page.getByText('cost 0.000748 USD')).toBeVisible();
    await expectSound(page);
    expect(JSON.stringify(request)).not.toContain(secret);
    expect(await page.content()).not.toContain(secret);
  });
});

test('@emulated a model that asks to wait is asked again, as the page says', async ({
  page,
}) => {
  await withModel(async model => {
    const { isOver, goOn } = hold();
    model.replies = [
      refuse(429, { message: 'Rate limit reached' }, { 'Retry-After': '1' }),
      async (request, response) => {
        await isOver;
        await say(answerTo)(request, response);
      },
    ];
    const { ask } = await openAssessment(page);
    await ask.click({ timeout: 30_000 });
    await expect(
      page.getByText("The model's server asks to wait 1 s"),
    ).toBeVisible({ timeout: 30_000 });
    goOn();
    await expect(page.getByText('75 % sure')).toBeVisible({ timeout: 30_000 });
    expect(model.requests).toHaveLength(2);
  });
});

test('@emulated an answer that breaks off leaves a reason, and can be asked for again', async ({
  page,
}) => {
  await withModel(async model => {
    const { isOver, cut } = hold();
    model.replies = [say(answerTo, isOver)];
    const { ask, written } = await openAssessment(page);
    await ask.click({ timeout: 30_000 });
    await expect(written).toContainText('"verdict":', { timeout: 30_000 });
    cut();
    await expect(
      page.getByText('The assessment failed', { exact: true }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(
      page.getByText("The model's answer broke off in the middle."),
    ).toBeVisible();
    await expectSound(page);

    model.replies = [say(answerTo)];
    await ask.click();
    await expect(page.getByText('75 % sure')).toBeVisible({ timeout: 30_000 });
  });
});

async function expectSound(page: Page) {
  await expect.poll(() => findOverflow(page)).toEqual([]);
  await expect.poll(() => findBarriers(page)).toEqual([]);
}
