import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { auditBookings, type DifferingBooking } from '../src/adapters/booking-audit.ts';
import { cancel } from './cancelling.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';
import { book, hold } from './operations.ts';

// Not started: no job changes what a test has planted.
const harness = await openBooking({ start: false });
const { subgraph, database } = harness;
const alice = customer();

async function booked(pay = true) {
  const show = await scheduledShow(harness);
  const held = await hold(subgraph, alice, show.showId, [show.seat('A', 1), show.seat('A', 2)]);
  const { booking } = await book(subgraph, alice, held.hold.id);
  const ofBooking = { bookingId: booking.id, customerId: alice.userId };
  const paymentId = pay ? await harness.pay(ofBooking) : newId('pay');
  return { ...show, ...ofBooking, paymentId };
}

async function differing(): Promise<DifferingBooking[]> {
  const found: DifferingBooking[] = [];
  for await (const batch of auditBookings(database)) found.push(...batch.differing);
  return found;
}

const refunded = (of: { bookingId: string; customerId: string }, paymentId: string, amount: number) =>
  harness.deliver('payment.refunded', {
    ...{ bookingId: of.bookingId, customerId: of.customerId, paymentId, refundId: newId('rfd') },
    amount: { amount, currency: 'GBP' },
  });

const failed = ({ bookingId, customerId }: { bookingId: string; customerId: string }) =>
  harness.deliver('payment.failed', {
    ...{ paymentId: newId('pay'), bookingId, customerId, purpose: 'BOOKING' },
    ...{ amount: { amount: 2_144, currency: 'GBP' }, declineCode: null },
  });

test('the events of a booking give its row after every transition', async () => {
  const pending = await booked(false);
  await failed(pending);
  const paid = await booked();
  await refunded(paid, paid.paymentId, 100);
  await refunded(paid, await harness.pay(paid), 2_144);
  const partly = await booked();
  const [ticket] = await database.ticket.findMany({ where: { bookingId: partly.bookingId } });
  await cancel(subgraph, alice, partly.bookingId, { ticketIds: [ticket?.id] });
  await refunded(partly, partly.paymentId, 1_072);
  const wholly = await booked();
  await cancel(subgraph, alice, wholly.bookingId);
  const unpaid = await booked(false);
  await cancel(subgraph, alice, unpaid.bookingId);
  await refunded(unpaid, await harness.pay(unpaid), 2_144);
  expect(await differing()).toEqual([]);
});

test.each([
  ['status', `UPDATE bookings SET status = 'NEEDS_REVIEW' WHERE id = $1`],
  ['refunded', `UPDATE bookings SET refunded = refunded + 1 WHERE id = $1`],
  ['price', `UPDATE bookings SET fees = fees + 1 WHERE id = $1`],
  ['version', `UPDATE bookings SET version = version + 1 WHERE id = $1`],
  ['ticketSeatIds', `UPDATE tickets SET status = 'CANCELLED' WHERE booking_id = $1`],
  ['cancellationTiers', `UPDATE bookings SET cancellation_tiers = '[]' WHERE id = $1`],
])('a row whose %s its events do not give is found', async (field, plant) => {
  const { bookingId } = await booked();
  await database.$executeRawUnsafe(plant, bookingId);
  expect(await differing()).toContainEqual({ bookingId, differences: [field] });
});
