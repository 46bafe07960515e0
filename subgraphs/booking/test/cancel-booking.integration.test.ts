import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';
import { newId } from '@marquee/subgraph';
import { eventually, happens } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { cancelStatement } from '../src/adapters/booking-cancellation.ts';
import { LockedBookingRepository } from '../src/adapters/locked-bookings.ts';
import { cancelForVenue } from '../src/adapters/venue-cancellations.ts';
import { type BookedTicket, disputeCancellation } from '../src/domain/cancellation.ts';
import { cancel, quote } from './cancelling.ts';
import { openForgetful } from './disarmed.ts';
import { type BookingHarness, customer, inDays, openBooking, scheduledShow } from './harness.ts';
import { book, hold, key, read, seatsOf } from './operations.ts';

const harness = await openBooking();
const { subgraph, database } = harness;
const alice = customer();

async function booked({ seats = 2, startsAt = inDays(7), paid = true } = {}, world: BookingHarness = harness) {
  const show = await scheduledShow(world, { startsAt });
  const chosen = Array.from({ length: seats }, (_, index) => show.seat('A', index + 1));
  const held = await hold(world.subgraph, alice, show.showId, chosen);
  const { booking } = await book(world.subgraph, alice, held.hold.id);
  const { id, price } = booking;
  const paymentId = paid ? await world.pay({ bookingId: id, customerId: alice.userId, amount: price.total }) : null;
  const tickets = await world.database.ticket.findMany({ where: { bookingId: id }, orderBy: { seatId: 'asc' } });
  return { ...show, id, paymentId, total: price.total.amount, ticketIds: tickets.map((ticket) => ticket.id) };
}

const emitted = async (type: string, id: string, world: BookingHarness = harness) =>
  (await world.database.outboxEvent.findMany({ where: { type, key: id }, orderBy: { seq: 'asc' } })).map(
    ({ payload }) => payload,
  );

test('a booking that is cancelled gives back what its quote said, and its seats are on sale at once', async () => {
  const { id, showId, paymentId, total } = await booked();
  const promised = await quote(subgraph, alice, id);
  expect(promised.quote).toMatchObject({
    ...{ refund: { amount: total }, fee: { amount: 0 } },
    ...{ refundPercent: 100, refundTo: 'SOURCE' },
  });
  expect(await cancel(subgraph, alice, id)).toMatchObject({
    refund: { amount: total, currency: 'GBP' },
    booking: { status: 'CANCELLED', tickets: [{ status: 'CANCELLED' }, { status: 'CANCELLED' }] },
  });
  expect((await seatsOf(subgraph, showId)).availability).toMatchObject({ available: 12, sold: 0 });
  expect(await emitted('booking.refund-required', id)).toEqual([
    {
      ...{ bookingId: id, customerId: alice.userId, paymentId, amount: { amount: total, currency: 'GBP' } },
      ...{ parts: { subtotal: 2_000, fees: 120, tax: 24, discount: 0 }, refundTo: 'SOURCE' },
      reason: 'The booking was cancelled.',
    },
  ]);
  expect(await emitted('booking.cancelled', id)).toMatchObject([{ by: 'CUSTOMER', reason: null, seats: ['A1', 'A2'] }]);
});

test('tickets that are cancelled one by one give back the whole, to the wallet on request', async () => {
  const { id, ticketIds, total } = await booked({ seats: 3 });
  const amounts: number[] = [];
  for (const ticketId of ticketIds) {
    const answer = await cancel(subgraph, alice, id, { ticketIds: [ticketId], refundTo: 'WALLET' });
    amounts.push(answer.refund.amount);
  }
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(total);
  expect(await read(subgraph, alice, id)).toMatchObject({ status: 'CANCELLED' });
  const statuses = (await emitted('booking.cancelled', id)) as { status: string }[];
  expect(statuses.map(({ status }) => status)).toEqual(['PARTIALLY_CANCELLED', 'PARTIALLY_CANCELLED', 'CANCELLED']);
  expect(await emitted('booking.refund-required', id)).toMatchObject(amounts.map(() => ({ refundTo: 'WALLET' })));
});

test('a booking that awaits payment is cancelled without a refund, and a payment that arrives later is refunded', async () => {
  const { id, showId } = await booked({ paid: false });
  expect(await cancel(subgraph, alice, id)).toMatchObject({ refund: { amount: 0 }, booking: { status: 'CANCELLED' } });
  expect((await seatsOf(subgraph, showId)).availability).toMatchObject({ available: 12 });
  expect(await emitted('booking.refund-required', id)).toEqual([]);
  await harness.pay({ bookingId: id, customerId: alice.userId });
  expect(await emitted('booking.refund-required', id)).toMatchObject([
    { amount: { amount: 2_144 }, parts: { fees: 120 } },
  ]);
  expect(await read(subgraph, alice, id)).toMatchObject({ status: 'CANCELLED', tickets: [] });
});

test('ten identical requests at once cancel and refund once; the same key for other tickets is refused', async () => {
  const { id, ticketIds, total } = await booked();
  const input = { idempotencyKey: key() };
  const answers = await Promise.all(Array.from({ length: 10 }, () => cancel(subgraph, alice, id, input)));
  const served = answers.filter(({ code }) => code !== 'IDEMPOTENCY_IN_PROGRESS');
  expect(new Set(served.map(({ refund }) => refund.amount))).toEqual(new Set([total]));
  expect(await emitted('booking.refund-required', id)).toHaveLength(1);
  expect(await cancel(subgraph, alice, id, { ...input, ticketIds })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

const checkIn = (tx: SqlTransaction, id: string) =>
  tx.$executeRaw`UPDATE tickets SET status = 'CHECKED_IN', checked_in_at = now() WHERE booking_id = ${id}`;
const passOn = (tx: SqlTransaction, id: string) =>
  tx.$executeRaw`UPDATE tickets SET holder_id = 'usr_other' WHERE booking_id = ${id}`;

/** Starts a cancellation while a change of its tickets has not committed yet. */
async function cancelDuring<T>(change: typeof checkIn, id: string, start: () => Promise<T>): Promise<T> {
  let started: Promise<T> | undefined;
  await database.$transaction(async (tx) => {
    await change(tx, id);
    started = start();
    started.catch(() => undefined);
    await eventually(async () => expect(await lockWaits()).toBe(1), { everyMs: 5 });
  });
  if (!started) throw new Error('not started');
  return started;
}

async function lockWaits(): Promise<number> {
  const [row] = await database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

test.each([
  ['checked in', checkIn],
  ['passed on', passOn],
])(
  'a ticket that is being %s while its booking is cancelled stays valid and is not refunded',
  async (_what, change) => {
    const { id } = await booked();
    const answer = await cancelDuring(change, id, () => cancel(subgraph, alice, id));
    expect(answer).toMatchObject({ __typename: 'CancellationClosedError' });
    expect(await emitted('booking.refund-required', id)).toEqual([]);
    expect(await database.booking.findFirst({ where: { id } })).toMatchObject({ status: 'CONFIRMED' });
  },
);

const cancelShow = (showId: string, world: BookingHarness = harness) =>
  world.database.$transaction((tx) => {
    const ofShow = { cityCode: 'lon', condition: Prisma.sql`show_id = ${showId}` };
    return cancelForVenue(tx, { ...ofShow, reason: Prisma.sql`'It rains'` });
  });

test('control: a cancellation that does not ask for valid tickets refunds one that is being checked in', async () => {
  const { id, showId } = await booked();
  expect(await cancelDuring(checkIn, id, () => cancelShow(showId))).toBe(1);
  expect(await emitted('booking.refund-required', id)).toHaveLength(1);
});

/** Cancels a booking from two devices and twice for its venue, all at once. @returns the refunds that were asked for */
async function cancelAtOnce(world: BookingHarness = harness) {
  const { id, showId } = await booked({}, world);
  await Promise.all([
    ...[1, 2].map(() => cancel(world.subgraph, alice, id)),
    ...[1, 2].map(() => cancelShow(showId, world)),
  ]);
  return emitted('booking.refund-required', id, world);
}

test('of a customer and a venue who cancel at once, or two devices, one refunds', async () => {
  expect(await cancelAtOnce()).toHaveLength(1);
});

test('control: a booking that does not say that it was cancelled is refunded again', async () => {
  const forgetful = await openForgetful();
  expect(await happens(async () => (await cancelAtOnce(forgetful)).length > 1)).toBe(true);
});

test('used, cancelled and passed on tickets, and those of others, cannot be cancelled', async () => {
  const { id, ticketIds } = await booked({ seats: 3 });
  const [used = '', passedOn = '', cancelled = ''] = ticketIds;
  await cancel(subgraph, alice, id, { ticketIds: [cancelled] });
  await database.ticket.updateMany({ where: { id: used }, data: { status: 'CHECKED_IN', checkedInAt: new Date() } });
  await database.ticket.updateMany({ where: { id: passedOn }, data: { holderId: 'usr_other' } });
  for (const chosen of [[used], [passedOn], [cancelled], undefined]) {
    expect(await cancel(subgraph, alice, id, { ticketIds: chosen })).toMatchObject({
      __typename: 'CancellationClosedError',
    });
    expect((await quote(subgraph, alice, id, chosen)).quote).toBeNull();
  }
  const other = await booked();
  for (const chosen of [other.ticketIds, []]) {
    expect(await cancel(subgraph, alice, id, { ticketIds: chosen })).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', field: 'input.ticketIds' },
    });
    expect(await quote(subgraph, alice, id, chosen)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'ticketIds' });
  }
  expect(await cancel(subgraph, customer(), id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await cancel(subgraph, alice, 'lon_bkg_unknown')).toMatchObject({ code: 'NOT_FOUND' });
});

test('the policy is that of the time of booking, and once its last step is over nothing is cancelled', async () => {
  const { id, showId } = await booked();
  await database.show.updateMany({ where: { id: showId }, data: { cancellationTiers: [], startsAt: inDays(1.1) } });
  expect((await quote(subgraph, alice, id)).quote).toMatchObject({ refundPercent: 100 });
  await database.show.updateMany({ where: { id: showId }, data: { startsAt: inDays(0.9) } });
  expect(await cancel(subgraph, alice, id)).toMatchObject({ __typename: 'CancellationClosedError' });
});

test('a sold seat that was cancelled can be sold again', async () => {
  const { id, showId, seat } = await booked({ seats: 1 });
  await cancel(subgraph, alice, id);
  const bob = customer();
  const held = await hold(subgraph, bob, showId, [seat('A', 1)]);
  const { booking } = await book(subgraph, bob, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: bob.userId, amount: booking.price.total });
  await eventually(async () => expect(await read(subgraph, bob, booking.id)).toMatchObject({ status: 'CONFIRMED' }));
});

/** A booking with a ticket that was used, one that was passed on, and one that is still the customer's. */
async function partlyUsed() {
  const { id, paymentId, ticketIds, showId } = await booked({ seats: 3 });
  const [used, passedOn] = ticketIds;
  await database.$executeRaw`UPDATE tickets SET status = 'CHECKED_IN', checked_in_at = now() WHERE id = ${used}`;
  await database.$executeRaw`UPDATE tickets SET holder_id = 'usr_friend' WHERE id = ${passedOn}`;
  return { id, showId, paymentId: paymentId ?? '' };
}

const decideDispute = (bookingId: string, paymentId: string, outcome: 'WON' | 'LOST') =>
  harness.deliver('payment.dispute-closed', {
    ...{ disputeId: newId('dsp'), paymentId, bookingId, customerId: alice.userId, outcome },
    amount: { amount: 100, currency: 'GBP' },
  });

const statusesOf = async (bookingId: string) =>
  (await database.ticket.findMany({ where: { bookingId }, orderBy: { seatId: 'asc' } })).map(({ status }) => status);

test('a payment that is lost in a dispute admits nobody any more: unused tickets end without a refund, used ones stay', async () => {
  const { id, showId, paymentId } = await partlyUsed();
  await decideDispute(id, paymentId, 'WON');
  await decideDispute(id, newId('pay'), 'LOST');
  expect(await statusesOf(id)).toEqual(['CHECKED_IN', 'ISSUED', 'ISSUED']);
  for (let time = 1; time <= 2; time += 1) await decideDispute(id, paymentId, 'LOST');
  expect(await statusesOf(id)).toEqual(['CHECKED_IN', 'CANCELLED', 'CANCELLED']);
  expect((await seatsOf(subgraph, showId)).availability).toMatchObject({ available: 11, sold: 1 });
  expect(await emitted('booking.cancelled', id)).toMatchObject([
    { by: 'DISPUTE', status: 'PARTIALLY_CANCELLED', reason: null, refund: null, seats: ['A2', 'A3'] },
  ]);
  expect(await emitted('booking.passed-on-tickets-changed', id)).toMatchObject([
    { by: 'DISPUTE', change: 'CANCELLED', holderId: 'usr_friend', reason: null, seats: ['A2'] },
  ]);
  expect(await emitted('booking.refund-required', id)).toEqual([]);
  const whole = await booked();
  await decideDispute(whole.id, whole.paymentId ?? '', 'LOST');
  expect(await read(subgraph, alice, whole.id)).toMatchObject({ status: 'CANCELLED' });
  const unpaid = await booked({ paid: false });
  await decideDispute(unpaid.id, newId('pay'), 'LOST');
  expect(await read(subgraph, alice, unpaid.id)).toMatchObject({ status: 'PENDING_PAYMENT' });
});

/** Uses a ticket while the work that ends its booking waits for it. @returns the ticket's status afterwards */
async function usedDuring(end: (booking: { id: string; paymentId: string }) => Promise<unknown>) {
  const { id, paymentId } = await booked({ seats: 1 });
  let ending: Promise<unknown> = Promise.resolve();
  await database.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE tickets SET status = 'CHECKED_IN', checked_in_at = now() WHERE booking_id = ${id}`;
    ending = end({ id, paymentId: paymentId ?? '' });
    await eventually(async () => {
      const [row] = await database.$queryRaw<{ waits: number }[]>`
        SELECT count(*)::int AS waits FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(row?.waits).toBe(1);
    });
  });
  await ending;
  return statusesOf(id);
}

test('a ticket that is used while its payment is lost stays used; read without a lock, it is cancelled', async () => {
  expect(await usedDuring(({ id, paymentId }) => decideDispute(id, paymentId, 'LOST'))).toEqual(['CHECKED_IN']);
  const unlocked = async ({ id }: { id: string }) => {
    const tickets = (await database.ticket.findMany({ where: { bookingId: id } })) as unknown as BookedTicket[];
    const cancellation = disputeCancellation(await lockedBooking(id), tickets);
    if (cancellation) await database.$queryRaw(cancelStatement('lon', [cancellation]));
  };
  expect(await usedDuring(unlocked)).toEqual(['CANCELLED']);
});

const lockedBooking = (id: string) =>
  database.$sqlTransaction((tx) => new LockedBookingRepository(tx, { maxSeatsPerCustomer: 10 }).lock(id));
