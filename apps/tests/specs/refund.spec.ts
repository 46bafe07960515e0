import { registeredOperations } from '@marquee/stack/client';

import { expect, test } from '../harness/fixtures.ts';
import { register, userIdOf } from '../harness/people.ts';
import { buy, clientOf, freshShow } from '../harness/shows.ts';
import { employ } from '../harness/staff.ts';
import { rowsOf, visit } from '../harness/visit.ts';

const OpenSupportTicket = registeredOperations('storefront')<
  { openSupportTicket: { ticket: { id: string } } },
  { input: object }
>('OpenSupportTicket');

test('an agent refunds a booking from its support ticket; the customer has the money, the audit log has the agent', async ({
  signedIn,
}, info) => {
  test.slow();
  const [customer, agent] = await Promise.all([register('Iris'), employ('Bo', 'SUPPORT_AGENT')]);
  const { show, title } = await freshShow(info.parallelIndex);
  const { id: bookingId } = await buy(customer, show.id, 2);
  const { openSupportTicket } = await clientOf(customer).request(OpenSupportTicket, {
    input: { subject: 'The heating failed', text: 'We sat in the cold.', category: 'BOOKING', bookingId },
  });

  const { page } = await signedIn(agent);
  await visit(page, `/backoffice/desk/${openSupportTicket.ticket.id}`);
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('link', { name: title.name }).first().click();
  await expect(page.getByRole('heading', { name: `Booking: ${title.name}` })).toBeVisible();
  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Refund / });
  await dialog.getByLabel(/^Amount in/).fill('5.00');
  await dialog.getByLabel(/^Reason/).fill('Cold hall');
  await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
  await expect(dialog).toContainText('is being refunded.');

  const { page: customerPage } = await signedIn(customer);
  await visit(customerPage, `/bookings/${bookingId}`);
  await expect(async () => {
    await customerPage.reload();
    await expect(customerPage.getByText(/Refunded/).first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });

  const { page: auditPage } = await signedIn('admin');
  await visit(auditPage, `/backoffice/audit-log?actorId=${userIdOf(agent)}&action=payment.refunded`);
  await expect(rowsOf(auditPage, 'Audit log')).toContainText(['5.00 EUR']);
});
