import type { Locator, Page } from '@playwright/test';

import { freeSeat } from '../harness/checkout.ts';
import { expect, test } from '../harness/fixtures.ts';
import { openHall } from '../harness/halls.ts';
import { linkTo } from '../harness/mail.ts';
import { register } from '../harness/people.ts';
import { expectSeat, FREE, openSeatMap, seatOn } from '../harness/seat-map.ts';
import { hold } from '../harness/shows.ts';
import { visit } from '../harness/visit.ts';

test('seats are blocked, put on sale again and given away; one that somebody holds meanwhile leaves the choice', async ({
  signedIn,
}) => {
  test.slow();
  const { showId } = await openHall({ rows: 2, seatsPerRow: 4 });
  const first = await freeSeat(showId);
  const [customer, guest] = await Promise.all([register('Lena'), register('Omar')]);
  const { page: shop } = await signedIn(customer);
  const { page } = await signedIn('partner');
  await openSeatMap(shop, showId);
  await visit(page, `/backoffice/bookings/shows/${showId}/seats`);

  await page.getByRole('button', { name: 'Row 1: choose its seats' }).click();
  await block(page, 'A camera stands here');
  await expect(page.getByText('4 seats are blocked.')).toBeVisible();
  await expect(seatAt(page, 1, 1)).toHaveAccessibleName(/blocked$/);
  await expect(seatOn(shop, first)).not.toHaveAccessibleName(FREE);
  await page.getByRole('button', { name: 'Row 1: choose its seats' }).click();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await expect(page.getByText('4 seats are on sale again.')).toBeVisible();
  await expectSeat(shop, first, FREE);

  await seatAt(page, 1, 1).click();
  await seatAt(page, 2, 4).click();
  await hold(customer, showId, [first]);
  await block(page, 'For the press');
  await expect(page.getByText(/Some of the seats are not free any more/)).toBeVisible();
  await expect(page.getByText('1 seat is chosen')).toBeVisible();

  await page.getByRole('button', { name: 'Give away' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give away' });
  await dialog.getByLabel('Email of the recipient').fill(guest.email);
  await dialog.getByLabel(/^Reason/).fill('For the press');
  await dialog.getByRole('button', { name: 'Give away' }).click();
  await expect(page.getByText(/A mail with 1 ticket is on its way/)).toBeVisible();
  await expect(seatAt(page, 2, 4)).toHaveAccessibleName(/sold$/);
  expect(await linkTo('/accept-ticket', guest.email)).toContain('#');
});

/** A seat of the back office's plan. */
function seatAt(page: Page, row: number, number: number): Locator {
  return page.getByRole('button', { name: new RegExp(`^Row ${row}, seat ${number},`) });
}

/** Blocks what is chosen. */
async function block(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Block' });
  await dialog.getByLabel(/^Reason/).fill(reason);
  await dialog.getByRole('button', { name: 'Block' }).click();
}
