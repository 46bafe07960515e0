import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, inDays, openBooking, scheduledShow } from './harness.ts';
import { ask, hold, key } from './operations.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ start: false });
});

/** The storefront's mutation that makes a booking. */
const CREATE = `mutation($input: CreateBookingInput!) { result: createBooking(input: $input) {
  ... on CreateBookingPayload { booking { id status expiresAt price { fees { amount } total { amount currency } } } } } }`;

const sentDuring = (work: () => Promise<unknown>): Promise<string[]> => harness.statements.during(work);

test('a sale takes one statement to hold, two to book and one to confirm, however many seats it has', async () => {
  const show = await scheduledShow(harness);
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 1)]);
  for (const seats of [[show.seat('A', 2)], [show.seat('A', 3), show.seat('B', 3), show.seat('B', 4)]]) {
    const who = customer();
    let [held, booked] = [{ id: '' }, { id: '', price: { total: { amount: 0, currency: '' } } }];
    const holding = async () => ({ hold: held } = await hold(harness.subgraph, who, show.showId, seats));
    const booking = async () => {
      const input = { holdId: held.id, idempotencyKey: key() };
      ({ booking: booked } = await ask<{ booking: typeof booked }>(harness.subgraph, who, CREATE, { input }));
    };
    const paying = () => harness.pay({ bookingId: booked.id, customerId: who.userId, amount: booked.price.total });
    expect(await sentDuring(holding)).toHaveLength(1);
    expect(await sentDuring(booking)).toHaveLength(2);
    const confirming = await sentDuring(paying);
    // A consumer looks for erased people in the statement of its inbox, which this delivery goes without.
    expect(
      confirming.filter((sql) => !/^(BEGIN|COMMIT)|inbox_events|FROM erased_people/.test(sql.trim())),
    ).toHaveLength(1);
  }
});

test('a show that has changed since a process last read it is held as it is now', async () => {
  const { showId, seat, layoutId } = await scheduledShow(harness);
  const change = (version: number, startsAt: string, amount: number) =>
    harness.deliver('catalog.show-changed', {
      ...{ cityCode: 'lon', showId, version, startsAt, endsAt: inDays(9), layoutId, highDemand: false },
      screen: { id: 'scr_1', name: 'Screen 1' },
      tiers: [{ id: `${showId}_t1`, name: 'Standard', price: { amount, currency: 'GBP' } }],
    });
  const holdSeat = (number: number) => hold(harness.subgraph, customer(), showId, [seat('A', number)]);
  await holdSeat(1);
  await change(1, inDays(7), 1_200);
  expect(await holdSeat(2)).toMatchObject({ hold: { total: { amount: 1_200 } } });
  await change(2, inDays(-1), 1_200);
  expect(await holdSeat(3)).toMatchObject({ __typename: 'ShowClosedError' });
  await change(3, inDays(7), 1_200);
  expect(await holdSeat(3)).toMatchObject({ __typename: 'HoldSeatsPayload' });
  await harness.deliver('catalog.show-cancelled', { showId, cityCode: 'lon', reason: 'Rain' });
  expect(await holdSeat(4)).toMatchObject({ __typename: 'ShowClosedError' });
});
