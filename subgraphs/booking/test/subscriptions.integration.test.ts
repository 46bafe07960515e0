import { ANONYMOUS, type Caller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { book, hold } from './operations.ts';
import { openBooking, customer, scheduledShow, type BookingHarness } from './harness.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const SEATS =
  'subscription($id: ID!) { seatMapChanged(showId: $id) { version seats { id status } show { id availability { available } } } }';
const STATUS =
  'subscription($id: ID!) { bookingStatusChanged(bookingId: $id) { previousStatus booking { id status tickets { id qrCode } } } }';

async function listen(query: string, id: string, caller: Caller) {
  const stream = await harness.subgraph.subscribe({ query, variables: { id }, caller });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
  return { next: async () => (await stream.next()).value?.data, end: () => stream.return?.() };
}

test('a seat map subscriber receives each change in order, with the availability after it', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const seats = await listen(SEATS, showId, ANONYMOUS);
  const first = seats.next();
  const alice = customer();
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  expect(await first).toEqual({
    seatMapChanged: {
      version: 1,
      seats: [{ id: seat('A', 1), status: 'HELD' }],
      show: { id: showId, availability: { available: 11 } },
    },
  });
  const second = seats.next();
  const { booking } = await book(harness.subgraph, alice, held.id);
  const status = await listen(STATUS, booking.id, alice);
  const confirmed = status.next();
  await harness.pay({ bookingId: booking.id, customerId: alice.userId, amount: booking.price.total });
  expect(await second).toMatchObject({ seatMapChanged: { version: 2, seats: [{ id: seat('A', 1), status: 'SOLD' }] } });
  expect(await confirmed).toMatchObject({
    bookingStatusChanged: { previousStatus: 'PENDING_PAYMENT', booking: { status: 'CONFIRMED', tickets: [{}] } },
  });
  await Promise.all([seats.end(), status.end()]);
});

test('nobody subscribes to another customer’s booking, or to a show or booking that does not exist', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const alice = customer();
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const { booking } = await book(harness.subgraph, alice, held.id);
  await expect(listen(STATUS, booking.id, customer())).rejects.toThrow('FORBIDDEN');
  await expect(listen(STATUS, booking.id, ANONYMOUS)).rejects.toThrow('UNAUTHENTICATED');
  await expect(listen(STATUS, 'lon_bkg_unknown', alice)).rejects.toThrow('NOT_FOUND');
  await expect(listen(SEATS, 'lon_shw_unknown', ANONYMOUS)).rejects.toThrow('NOT_FOUND');
});
