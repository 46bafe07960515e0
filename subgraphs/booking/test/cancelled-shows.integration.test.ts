import type { SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { CancelledShowRepository } from '../src/adapters/cancelled-shows.ts';
import { EndedShowRepository } from '../src/adapters/ended-shows.ts';
import { quote } from './cancelling.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, read } from './operations.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const alice = customer();
const REASON = 'The projector is broken';

async function aBooking(show: TestShow, seatNumber: number): Promise<string> {
  const held = await hold(harness.subgraph, alice, show.showId, [show.seat('A', seatNumber)]);
  const { booking } = await book(harness.subgraph, alice, held.hold.id);
  return booking.id as string;
}

const emitted = async (type: string, key: string) =>
  (await harness.database.outboxEvent.findMany({ where: { type, key } })).map(({ payload }) => payload);

const cancel = (showId: string) =>
  harness.deliver('catalog.show-cancelled', { showId, cityCode: 'lon', reason: REASON });

const statusOf = async (id: string) => (await harness.database.booking.findFirstOrThrow({ where: { id } })).status;

async function lockWaits(): Promise<number> {
  const [row] = await harness.database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

test('a cancelled show cancels its bookings, refunds what was paid and frees the seats', async () => {
  const show = await scheduledShow(harness);
  const [paid, pending] = [await aBooking(show, 1), await aBooking(show, 2)];
  const paymentId = newId('pay');
  const amount = { amount: 1_072, currency: 'GBP' };
  await harness.pay({ bookingId: paid, customerId: alice.userId, paymentId, amount });
  await cancel(show.showId);
  await eventually(async () =>
    expect([await statusOf(paid), await statusOf(pending)]).toEqual(['CANCELLED', 'CANCELLED']),
  );
  expect(await emitted('booking.refund-required', paid)).toEqual([
    {
      ...{ bookingId: paid, customerId: alice.userId, paymentId, amount, reason: 'The booking was cancelled.' },
      ...{ refundTo: 'SOURCE', parts: { subtotal: 1_000, fees: 60, tax: 12, discount: 0 } },
    },
  ]);
  expect(await emitted('booking.refund-required', pending)).toEqual([]);
  expect(await emitted('booking.cancelled', paid)).toMatchObject([
    { previousStatus: 'CONFIRMED', reason: REASON, refund: amount },
  ]);
  expect(await emitted('booking.cancelled', pending)).toMatchObject([
    { previousStatus: 'PENDING_PAYMENT', refund: null },
  ]);
  expect(await harness.database.seatClaim.count({ where: { showId: show.showId } })).toBe(0);
  expect(await read(harness.subgraph, alice, paid)).toMatchObject({
    tickets: [{ status: 'CANCELLED', qrCode: null }],
    timeline: [{ type: 'REQUESTED' }, { type: 'CONFIRMED' }, { type: 'CANCELLED' }, { type: 'REFUND_REQUESTED' }],
  });
  const versions = await harness.database.bookingEvent.findMany({
    where: { bookingId: paid },
    orderBy: { version: 'asc' },
  });
  expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
});

test('a cancelled show is no longer sold, and a payment that arrives after it is refunded', async () => {
  const show = await scheduledShow(harness);
  const booking = await aBooking(show, 1);
  const held = await hold(harness.subgraph, alice, show.showId, [show.seat('A', 3)]);
  await cancel(show.showId);
  expect((await hold(harness.subgraph, alice, show.showId, [show.seat('A', 4)])).__typename).toBe('ShowClosedError');
  expect((await book(harness.subgraph, alice, held.hold.id)).__typename).toBe('ShowClosedError');
  await eventually(async () => expect(await statusOf(booking)).toBe('CANCELLED'));
  await harness.pay({ bookingId: booking, customerId: alice.userId });
  expect(await statusOf(booking)).toBe('CANCELLED');
  expect(await emitted('booking.refund-required', booking)).toHaveLength(1);
});

test('a booking that slips in while its show is being cancelled is cancelled too', async () => {
  const show = await scheduledShow(harness);
  await cancel(show.showId);
  // As a request does that read the show before it was cancelled.
  await harness.database.show.updateMany({ where: { id: show.showId }, data: { cancelledAt: null } });
  const late = await aBooking(show, 1);
  await cancel(show.showId);
  await eventually(async () => expect(await statusOf(late)).toBe('CANCELLED'));
});

test('whom a ticket was passed on to is told that the show was cancelled, and nobody else twice', async () => {
  const show = await scheduledShow(harness);
  const [own, passedOn] = [await aBooking(show, 1), await aBooking(show, 2)];
  for (const bookingId of [own, passedOn]) {
    await harness.pay({ bookingId, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  }
  await harness.database.ticket.updateMany({ where: { bookingId: passedOn }, data: { holderId: 'usr_bob' } });
  await cancel(show.showId);
  await eventually(async () => expect(await statusOf(passedOn)).toBe('CANCELLED'));
  const toHolder = { holderId: 'usr_bob', change: 'CANCELLED', reason: REASON, seats: ['A2'], previousStartsAt: null };
  expect(await emitted('booking.passed-on-tickets-changed', passedOn)).toMatchObject([toHolder]);
  await eventually(async () => expect(await statusOf(own)).toBe('CANCELLED'));
  expect(await emitted('booking.passed-on-tickets-changed', own)).toEqual([]);
});

test('a show that moves keeps its bookings, and their customers are told both times', async () => {
  const show = await scheduledShow(harness);
  const [booking, passedOn] = [await aBooking(show, 1), await aBooking(show, 2)];
  const { startsAt, tiers } = await harness.database.show.findFirstOrThrow({ where: { id: show.showId } });
  const later = new Date(startsAt.getTime() + 3_600_000);
  const changed = {
    ...{
      showId: show.showId,
      version: 2,
      cityCode: 'lon',
      layoutId: show.layoutId,
      highDemand: false,
      tiers: tiers as never,
    },
    ...{ startsAt: later.toISOString(), endsAt: new Date(later.getTime() + 7_200_000).toISOString() },
    screen: { id: 'scr_1', name: 'Screen 1' },
  };
  await harness.pay({ bookingId: passedOn, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  await harness.database.ticket.updateMany({ where: { bookingId: passedOn }, data: { holderId: 'usr_bob' } });
  await harness.deliver('catalog.show-changed', changed);
  await harness.deliver('catalog.show-changed', changed);
  const toHolder = await emitted('booking.passed-on-tickets-changed', passedOn);
  expect(toHolder).toMatchObject([
    { holderId: 'usr_bob', change: 'MOVED', seats: ['A2'], startsAt: later.toISOString() },
  ]);
  // An older change that the log lost and delivers late.
  await harness.deliver('catalog.show-changed', { ...changed, version: 1, startsAt: startsAt.toISOString() });
  expect(await emitted('booking.show-moved', booking)).toMatchObject([
    { previousStartsAt: startsAt.toISOString(), startsAt: later.toISOString(), customerId: alice.userId },
  ]);
  await harness.pay({ bookingId: booking, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  // By its policy it could not be cancelled for free, so close to the start.
  await harness.database.booking.updateMany({ where: { id: booking }, data: { cancellationTiers: [] } });
  const offered = (await quote(harness.subgraph, alice, booking)).quote;
  expect(offered).toMatchObject({ refundPercent: 100, refund: { amount: 1_072 } });
  await harness.database.booking.updateMany({ where: { id: booking }, data: { freeCancellationUntil: new Date() } });
  expect((await quote(harness.subgraph, alice, booking)).quote).toBeNull();
});

test('a run that cancels bookings and is killed half-way is resumed, and nobody is refunded twice', async () => {
  const still = await openBooking({ start: false });
  const show = await scheduledShow(still);
  const ids: string[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const held = await hold(still.subgraph, alice, show.showId, [show.seat('A', number)]);
    const { booking } = await book(still.subgraph, alice, held.hold.id);
    ids.push(booking.id);
    await still.pay({ bookingId: booking.id, customerId: alice.userId, amount: booking.price.total });
  }
  await still.deliver('catalog.show-cancelled', { showId: show.showId, cityCode: 'lon', reason: REASON });
  const { database } = still;
  let batches = 0;
  const killed = new Proxy(database, {
    get: (target, name, receiver) =>
      name !== '$transaction'
        ? Reflect.get(target, name, receiver)
        : (work: (tx: SqlTransaction) => Promise<unknown>) =>
            database.$transaction(async (tx) => {
              await work(tx);
              batches += 1;
              if (batches === 2) await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
            }),
  });
  await expect(new CancelledShowRepository(killed, 2).cancelBookings()).rejects.toThrow(
    /terminat|closed|connection|SUBGRAPH/i,
  );
  const cancelled = () => database.booking.count({ where: { id: { in: ids }, status: 'CANCELLED' } });
  expect(await cancelled()).toBe(2);
  await new CancelledShowRepository(database, 2).cancelBookings();
  expect(await cancelled()).toBe(5);
  const refunds = await database.outboxEvent.findMany({ where: { type: 'booking.refund-required' } });
  expect(refunds.map(({ key }) => key).toSorted()).toEqual(ids.toSorted());
});

test('the bookings of a show that is over are completed once', async () => {
  const show = await scheduledShow(harness);
  const [paid, pending] = [await aBooking(show, 1), await aBooking(show, 2)];
  await harness.pay({ bookingId: paid, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  const endedShows = new EndedShowRepository(harness.database);
  await endedShows.completeBookings();
  expect(await statusOf(paid)).toBe('CONFIRMED');
  await harness.database.$executeRaw`UPDATE shows SET ends_at = now() - interval '2 hours' WHERE id = ${show.showId}`;
  await Promise.all([endedShows.completeBookings(), endedShows.completeBookings()]);
  expect([await statusOf(paid), await statusOf(pending)]).toEqual(['COMPLETED', 'PENDING_PAYMENT']);
  expect(await emitted('booking.completed', paid)).toMatchObject([{ previousStatus: 'CONFIRMED' }]);
  expect(await quote(harness.subgraph, alice, paid)).toMatchObject({ quote: null });
  expect(await harness.database.show.count({ where: { id: show.showId, completedAt: { not: null } } })).toBe(1);
});

/** The event that moves a show to the screen of another one. */
async function movedTo(elsewhere: TestShow, { showId }: TestShow) {
  const { startsAt, endsAt, tiers } = await harness.database.show.findFirstOrThrow({ where: { id: showId } });
  return {
    ...{ showId, version: 1, cityCode: 'lon', layoutId: elsewhere.layoutId, highDemand: false, tiers: tiers as never },
    ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), screen: { id: 'scr_2', name: 'Screen 2' } },
  };
}

test('a booking that is being paid while its show moves to another screen is cancelled too', async () => {
  const [show, elsewhere] = [await scheduledShow(harness), await scheduledShow(harness)];
  const booking = await aBooking(show, 1);
  const event = await movedTo(elsewhere, show);
  let moved: Promise<void> | undefined;
  await harness.database.$transaction(async (tx) => {
    // As the payment does first.
    await tx.$queryRaw`SELECT FROM bookings WHERE id = ${booking} FOR UPDATE`;
    moved = harness.deliver('catalog.show-changed', event);
    await Promise.race([moved, eventually(async () => expect(await lockWaits()).toBe(1))]);
    await tx.$executeRaw`UPDATE bookings SET version = version + 1 WHERE id = ${booking}`;
  });
  await moved;
  expect(await statusOf(booking)).toBe('CANCELLED');
});

test('a show that moves to another screen ends what was held and booked meanwhile, with a refund', async () => {
  const show = await scheduledShow(harness);
  const elsewhere = await scheduledShow(harness);
  const booking = await aBooking(show, 1);
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 2)]);
  await harness.pay({ bookingId: booking, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  await harness.deliver('catalog.show-changed', await movedTo(elsewhere, show));
  expect(await statusOf(booking)).toBe('CANCELLED');
  expect(await emitted('booking.refund-required', booking)).toHaveLength(1);
  expect(await harness.database.seatClaim.count({ where: { showId: show.showId } })).toBe(0);
});

test('a hold of seats that the show left while it waited cannot be booked', async () => {
  const show = await scheduledShow(harness);
  const elsewhere = await scheduledShow(harness);
  const held = await hold(harness.subgraph, alice, show.showId, [show.seat('A', 1)]);
  await harness.database.show.updateMany({ where: { id: show.showId }, data: { layoutId: elsewhere.layoutId } });
  expect((await book(harness.subgraph, alice, held.hold.id)).__typename).toBe('HoldExpiredError');
});

test('a payment that comes after its deadline buys no seat that the show has left', async () => {
  const show = await scheduledShow(harness);
  const elsewhere = await scheduledShow(harness);
  const booking = await aBooking(show, 1);
  await harness.letExpire(show.showId);
  await eventually(async () => expect(await statusOf(booking)).toBe('EXPIRED'));
  await harness.deliver('catalog.show-changed', await movedTo(elsewhere, show));
  await harness.pay({ bookingId: booking, customerId: alice.userId, amount: { amount: 1_072, currency: 'GBP' } });
  expect(await statusOf(booking)).toBe('EXPIRED');
  expect(await emitted('booking.refund-required', booking)).toHaveLength(1);
});
