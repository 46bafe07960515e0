import { sign, typeCode, whenKeptForOffline } from '../harness/door.ts';
import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { register } from '../harness/people.ts';
import { bookingOf, buy } from '../harness/shows.ts';
import { settled, visit } from '../harness/visit.ts';

test('a scanner goes on without a network, survives a reload, and catches up', async ({ signedIn, findings }) => {
  test.slow();
  findings.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch/);
  const { showId } = await openHall({ rows: 4, seatsPerRow: 10, hours: 1 });
  const guest = await register('Kim');
  const { id, tickets: bought } = await buy(guest, showId, 2);
  const [first, second] = bought.map(({ qrCode }) => qrCode ?? '') as [string, string];
  const { page, context } = await signedIn('partner');
  await visit(page, `/backoffice/door/${showId}`);
  await expect(page.getByText(/^.*List of 2 tickets/)).toBeVisible();
  await whenKeptForOffline(page);

  await typeCode(page, first);
  await expect(sign(page)).toContainText('Admit');
  await expect(sign(page)).toContainText('Kim');

  await context.setOffline(true);
  await page.reload();
  await settled(page);
  await typeCode(page, first);
  await expect(sign(page)).toContainText('Already used');
  await typeCode(page, second);
  await expect(sign(page)).toContainText('Admit');
  await expect(page.getByText('Not sent yet').first()).toBeVisible();
  await typeCode(page, 'a code that nobody has made');
  await expect(sign(page)).toContainText('Not a ticket of ours');

  await context.setOffline(false);
  await expect(page.getByText('Not sent yet')).toHaveCount(0, { timeout: 30_000 });
  const { tickets } = await bookingOf(guest, id);
  expect(tickets.map(({ status }) => status)).toEqual(['CHECKED_IN', 'CHECKED_IN']);
});
