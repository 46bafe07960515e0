import { expectAccessible } from '../harness/accessible.ts';
import { expect, test } from '../harness/fixtures.ts';
import { accountLink } from '../harness/people.ts';

test('whoever comes for the first time sees a page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test('whoever has signed in is known after a reload', async ({ signedIn }) => {
  const { page } = await signedIn();
  await page.goto('/');
  await expect(accountLink(page)).toBeVisible();
  await page.reload();
  await expect(accountLink(page)).toBeVisible();
});
