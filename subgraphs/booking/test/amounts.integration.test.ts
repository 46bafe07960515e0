import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { ask, book, hold } from './operations.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';

const REPORT = `query($day: Date!) {
  result: salesReport(venueId: "ven_1", from: $day, to: $day, groupBy: VENUE) {
    rows { ticketsSold gross { amount currency } refunds { amount } } } }`;

const owner = customer('usr_partner', ['sales:read']);
const alice = customer();
const harness = await openBooking();
const report = (day: string) => ask<object>(harness.subgraph, owner, REPORT, { day });

/** A show on a day of 2027, with seats at this price. */
async function showAt(price: number, day: string) {
  const show = await scheduledShow(harness, { perRow: 2, startsAt: `${day}T12:00:00.000Z` });
  const tier = (name: string) => ({ id: newId('tir'), name, price: { amount: price, currency: 'GBP' } });
  await harness.database.show.updateMany({
    where: { id: show.showId },
    data: { tiers: [tier('Standard'), tier('Premium')] },
  });
  return show;
}

async function buy(showId: string, seatIds: string[]) {
  const { hold: held } = await hold(harness.subgraph, alice, showId, seatIds);
  const { booking } = await book(harness.subgraph, alice, held.id);
  const amount = booking.price.total;
  const paymentId = await harness.pay({ bookingId: booking.id, customerId: alice.userId, amount });
  return { bookingId: booking.id, customerId: alice.userId, paymentId, amount };
}

test('prices, totals and sales reports of more than 2^31 minor units are exact', async () => {
  const { showId, seat } = await showAt(2_000_000_001, '2027-09-01');
  const { amount, ...paid } = await buy(showId, [seat('A', 1), seat('A', 2)]);
  expect(amount).toEqual({ amount: 4_288_000_002, currency: 'GBP' });
  const refunded = { amount: 3_000_000_000, currency: 'GBP' };
  await harness.deliver('payment.refunded', { ...paid, refundId: newId('rfd'), amount: refunded });
  expect(await report('2027-09-01')).toEqual({
    rows: [{ ticketsSold: 2, gross: { amount: 4_288_000_002, currency: 'GBP' }, refunds: { amount: 3_000_000_000 } }],
  });
});

test('a report beyond 2^53 - 1 minor units is an error, never another amount', async () => {
  const { showId, seat } = await showAt(1_000, '2027-09-02');
  await buy(showId, [seat('A', 1)]);
  await buy(showId, [seat('A', 2)]);
  await harness.database.booking.updateMany({ where: { showId }, data: { total: 4_503_599_627_370_496n } });
  expect(await report('2027-09-02')).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});
