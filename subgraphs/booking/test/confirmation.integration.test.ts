import type { UserCaller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { LockedBookingRepository } from '../src/adapters/locked-bookings.ts';
import type { BookingPayment } from '../src/domain/ports.ts';
import { settlePayments } from '../src/use-cases/settle-payment.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, seatsOf } from './operations.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ start: false });
});

/** A payment of a new booking of one seat. */
async function paymentOf({ showId, seat }: TestShow, number: number, who: UserCaller = customer()) {
  const held = await hold(harness.subgraph, who, showId, [seat('A', number)]);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  return { bookingId: booking.id, paymentId: newId('pay'), amount: booking.price.total };
}

/** Settles the payments as one batch of a consumer. @returns the statements it took */
const settle = (payments: readonly BookingPayment[]): Promise<void> =>
  harness.database.$transaction((tx) =>
    settlePayments({ bookings: new LockedBookingRepository(tx, { maxSeatsPerCustomer: 10 }) }, payments),
  );

const statusesOf = async (payments: readonly BookingPayment[]): Promise<(string | undefined)[]> => {
  const ids = payments.map(({ bookingId }) => bookingId);
  const found = await harness.database.booking.findMany({ where: { id: { in: ids } } });
  return ids.map((wanted) => found.find(({ id }) => id === wanted)?.status);
};

test('of payments that arrive together each buys its booking or is refunded, and none changes another', async () => {
  const [early, later] = [await scheduledShow(harness), await scheduledShow(harness)];
  const late = await paymentOf(early, 6);
  await harness.letExpire(early.showId);
  const [first, second, wrong] = [await paymentOf(early, 1), await paymentOf(later, 1), await paymentOf(early, 2)];
  const again = { ...first, paymentId: newId('pay') };
  const tooLittle = { ...wrong, amount: { ...wrong.amount, amount: 1 } };
  const payments = [
    tooLittle,
    { ...first, traceparent: 'trace-1' },
    again,
    late,
    { ...second, traceparent: 'trace-2' },
  ];
  await settle(payments);
  await settle(payments);
  expect(await statusesOf(payments)).toEqual(['PENDING_PAYMENT', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED']);
  const refunds = await harness.database.outboxEvent.findMany({ where: { type: 'booking.refund-required' } });
  const refunded = refunds.map(({ payload }) => (payload as { paymentId: string }).paymentId);
  expect(new Set(refunded)).toEqual(new Set([tooLittle.paymentId, again.paymentId]));
  const confirmed = await harness.database.outboxEvent.findMany({ where: { type: 'booking.confirmed' } });
  const traces = new Map(confirmed.map(({ key, traceparent }) => [key, traceparent]));
  expect([traces.get(first.bookingId), traces.get(second.bookingId)]).toEqual(['trace-1', 'trace-2']);
  const sold = await harness.database.ticket.findMany({ where: { showId: { in: [early.showId, later.showId] } } });
  expect(sold).toHaveLength(3);
  expect((await seatsOf(harness.subgraph, early.showId)).availability).toMatchObject({ sold: 2, held: 1 });
});

test('payments of the same shows that arrive in two batches at once are all settled', async () => {
  const shows = [await scheduledShow(harness), await scheduledShow(harness)];
  const payments: BookingPayment[] = [];
  for (const number of [1, 2, 3]) for (const show of shows) payments.push(await paymentOf(show, number));
  const half = (remainder: number) => payments.filter((_, index) => Math.floor(index / 2) % 2 === remainder);
  await Promise.all([settle(half(0)), settle(half(1).toReversed()), settle(half(0).toReversed())]);
  expect(new Set(await statusesOf(payments))).toEqual(new Set(['CONFIRMED']));
  for (const { showId } of shows) {
    expect((await seatsOf(harness.subgraph, showId)).availability).toMatchObject({ sold: 3, held: 0 });
  }
});
