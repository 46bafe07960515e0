import { expect, test } from '../harness/fixtures.ts';
import { ageMemberships } from '../harness/passing-time.ts';
import { visit } from '../harness/visit.ts';

/** Payments bills every five seconds, and its answer goes a long way on a busy machine. */
const BILLED = { timeout: 40_000 };

test('a member whose renewal is declined is told, keeps the benefits, and pays with another card', async ({
  signedIn,
}) => {
  test.setTimeout(180_000);
  const { page, person } = await signedIn();
  await visit(page, '/membership');
  await page.getByRole('button', { name: 'Choose Marquee Gold' }).click();
  const offer = page.getByRole('dialog', { name: 'Marquee Gold' });
  await offer.getByLabel('Test card').selectOption('tok_renewal_fails');
  await offer.getByRole('button', { name: /^Subscribe for/ }).click();
  await expect(page.getByText('Welcome to Marquee Gold.')).toBeVisible();
  const membership = page.getByRole('region', { name: 'Marquee Gold' });
  await expect(membership).toContainText('Active');

  await ageMemberships(person, '1 year');
  await expect(page.getByRole('link', { name: /Notifications, [1-9]/ })).toBeVisible(BILLED);
  await visit(page, '/notifications');
  await expect(page.getByRole('listitem').filter({ hasText: 'Marquee Gold could not be renewed' })).toContainText(
    'save it as your default card',
  );
  await page.getByRole('navigation', { name: 'Yours' }).getByRole('link', { name: 'Membership' }).click();
  await expect(membership).toContainText('Payment declined');
  await expect(membership.getByRole('alert')).toContainText('you keep your benefits');

  await membership.getByRole('link', { name: 'To my cards' }).click();
  await expect(page.getByRole('article').filter({ hasText: '0341' })).toBeVisible();
  await page.getByLabel('Test card').selectOption('tok_visa');
  await page.getByRole('button', { name: 'Save the card' }).click();
  await expect(page.getByRole('article').filter({ hasText: '4242' })).toContainText('Default');

  await ageMemberships(person, '1 day');
  await expect(async () => {
    await visit(page, '/membership');
    await expect(membership).toContainText('Active', { timeout: 1_000 });
  }).toPass(BILLED);
  await expect(membership.getByRole('alert')).toHaveCount(0);
  await visit(page, '/invoices');
  await expect(page.getByText(/Marquee Gold/)).toHaveCount(2);
});
