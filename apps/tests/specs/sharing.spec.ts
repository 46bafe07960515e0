import { randomUUID } from 'node:crypto';

import { expect, test } from '../harness/fixtures.ts';
import { accountLink } from '../harness/people.ts';
import { visit } from '../harness/visit.ts';

test('a code is handed to another app, and whoever follows its link signs up by it', async ({
  signedIn,
  anonymous,
}) => {
  test.slow();
  const { page } = await signedIn();
  // Chromium shares on some systems alone, and by a window of theirs.
  await page.addInitScript(() => {
    const shared: ShareData[] = [];
    Object.assign(window, { shared });
    navigator.canShare = () => true;
    navigator.share = async (data) => void shared.push(data ?? {});
  });
  await visit(page, '/referral');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const shared = await page.evaluate(() => (window as unknown as { shared: ShareData[] }).shared);
  expect(shared).toHaveLength(1);
  const [{ text = '', url = '' } = {}] = shared;
  const [code = ''] = /[A-Z0-9]{6,}/.exec(text) ?? [];
  await expect(page.getByText(code, { exact: true })).toBeVisible();

  const friend = await anonymous();
  await friend.goto(url);
  await friend.getByLabel('Email').fill(`friend-${randomUUID()}@example.test`);
  await friend.getByLabel('Name').fill('Sam');
  await friend.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await friend.getByRole('button', { name: /Create/ }).click();
  await expect(accountLink(friend)).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/Signed up/).locator('..')).toContainText('1', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});
