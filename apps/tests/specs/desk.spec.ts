import { expect, test } from '../harness/fixtures.ts';
import { visit } from '../harness/visit.ts';

test('a note that only support may read is none for the customer after a reload', async ({ signedIn, examples }) => {
  const { page } = await signedIn('agent');
  await visit(page, `/backoffice/desk/${examples.supportTicketId}`);
  await page.getByText('Support only').click();
  await page.getByLabel('Internal note').fill('Paid twice before, be quick');
  await page.reload();
  await expect(page.getByLabel('Internal note')).toHaveValue('Paid twice before, be quick');
  await expect(page.getByRole('radio', { name: 'Support only' })).toBeChecked();
});

test('who asks for help on the page of a booking asks about that booking', async ({ signedIn, examples }) => {
  const { page } = await signedIn(examples.person);
  await visit(page, `/bookings/${examples.bookingId}`);
  await page.getByRole('link', { name: 'Contact support' }).click();
  await expect(page.getByLabel('Booking', { exact: true })).toHaveValue(examples.bookingId);
});
