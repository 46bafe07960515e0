import { randomUUID } from 'node:crypto';
import { newCityId, newId } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { priceBooking } from '../src/domain/price.ts';
import { priceSeats, subtotalOf } from '../src/domain/price-seats.ts';
import type { SeatHold } from '../src/domain/hold.ts';
import { BookingRepository } from '../src/adapters/bookings.ts';
import { customerQueue } from '@marquee/subgraph';
import { HoldRepository } from '../src/adapters/holds.ts';
import { ExpiringHoldRepository } from '../src/adapters/expiring-holds.ts';
import { OverdueBookingRepository } from '../src/adapters/overdue-bookings.ts';
import { ShowRepository } from '../src/adapters/shows.ts';
import { openBooking, scheduledShow } from './harness.ts';

// Not started: no background job runs unless a test calls it.
const harness = await openBooking({ start: false });
const { database: client } = harness;
/** Of a process of its own: claims of one process wait for each other before they reach the database. */
const newHolds = () => new HoldRepository(client, customerQueue({ rateLimits: false, instruments: {} }, 'seat_claims'));
const holds = newHolds();
const bookings = new BookingRepository(client);
const shows = new ShowRepository(client);
const expiringHolds = new ExpiringHoldRepository(client);
const overdueBookings = new OverdueBookingRepository(client);

const requestOf = (caller: string, operation: string) => ({ caller, operation, key: randomUUID(), requestHash: 'x' });

async function showOnSale() {
  const { showId, seat, layoutSeat } = await scheduledShow(harness);
  const show = await shows.find(showId);
  if (!show) throw new Error('no show');
  const layout = await shows.layout(show);
  const holdSeats = async (customerId: string, ...numbers: number[]): Promise<SeatHold> => {
    const seats = priceSeats(
      show,
      layout,
      numbers.map((number) => layoutSeat('A', number)),
    );
    const idempotency = requestOf(customerId, 'holdSeats');
    const claim = { id: newCityId('lon', 'hld'), show, customerId, seats, subtotal: subtotalOf(seats) };
    const limits = {
      emailVerified: true,
      signedInAt: null,
      maxSeats: 10,
      maxUnpaidSeats: 30,
      holdSeconds: 600,
      unpaidSeconds: 1_800,
    };
    const hold = await newHolds().claim({ ...claim, ...limits, replacesOwn: true, idempotency });
    if (!hold) throw new Error('the show has changed');
    return hold;
  };
  const bookHold = (hold: SeatHold) =>
    bookings.create({
      id: newCityId('lon', 'bkg'),
      hold,
      price: priceBooking([hold.total], { feePercent: 0, tax: { onFees: 0, onSeats: 0 } }),
      paymentSeconds: 900,
      unpaidSeconds: 1_800,
      coupon: null,
      idempotency: requestOf(hold.customerId, 'createBooking'),
    });
  const letExpire = (): Promise<void> => harness.letExpire(showId);
  return { showId, seat, layoutSeat, holdSeats, bookHold, letExpire };
}

/** Locks a seat, starts each task once the one before it waits for a lock, then unlocks the seat. */
async function queueBehind<T>(
  seatId: string,
  tasks: readonly (() => Promise<T>)[],
): Promise<PromiseSettledResult<T>[]> {
  const started: Promise<T>[] = [];
  await client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM seat_claims WHERE seat_id = ${seatId} FOR UPDATE`;
    for (const task of tasks) {
      const result = task();
      result.catch(() => undefined);
      started.push(result);
      await eventually(async () => expect(await countWaiting()).toBe(started.length), { everyMs: 5 });
    }
  });
  return Promise.allSettled(started);
}

async function countWaiting(): Promise<number> {
  const [row] = await client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

const done = { status: 'fulfilled' };
const someone = (): string => newId('usr');

test('a sweep of expired holds and a claim of their seats never deadlock', async () => {
  const { layoutSeat, holdSeats, letExpire } = await showOnSale();
  await holdSeats(someone(), 2);
  await holdSeats(someone(), 1);
  await letExpire();
  expect(
    await queueBehind<unknown>(layoutSeat('A', 1), [() => holdSeats(someone(), 1, 2), () => expiringHolds.expire()]),
  ).toMatchObject([done, done]);
});

test('a sweep of overdue bookings and a claim of their seats never deadlock', async () => {
  const { layoutSeat, holdSeats, bookHold, letExpire } = await showOnSale();
  await bookHold(await holdSeats(someone(), 2));
  await bookHold(await holdSeats(someone(), 1));
  await letExpire();
  const outcomes = await queueBehind<unknown>(layoutSeat('A', 1), [
    () => holdSeats(someone(), 1, 2),
    () => overdueBookings.expire(),
  ]);
  expect(outcomes).toMatchObject([done, done]);
});

test('a customer who holds expired seats again never deadlocks with the sweep', async () => {
  const { layoutSeat, holdSeats, letExpire } = await showOnSale();
  const alice = someone();
  await holdSeats(alice, 1);
  await letExpire();
  const outcomes = await queueBehind<unknown>(layoutSeat('A', 1), [
    () => holdSeats(alice, 1),
    () => expiringHolds.expire(),
  ]);
  expect(outcomes).toMatchObject([done, done]);
});

test('a customer who books or releases a hold while replacing it causes no deadlock', async () => {
  const { layoutSeat, holdSeats, bookHold } = await showOnSale();
  const alice = someone();
  const first = await holdSeats(alice, 1);
  expect(
    await queueBehind<unknown>(layoutSeat('A', 1), [() => holdSeats(alice, 1, 2), () => bookHold(first)]),
  ).toMatchObject([done, { status: 'fulfilled', value: null }]);
  const second = await holdSeats(alice, 1);
  expect(
    await queueBehind<unknown>(layoutSeat('A', 1), [() => holdSeats(alice, 1, 3), () => holds.release(second.id)]),
  ).toMatchObject([done, { status: 'fulfilled', value: null }]);
});

test('a customer who swaps seats succeeds while another customer waits for both', async () => {
  const { showId, seat, layoutSeat, holdSeats } = await showOnSale();
  const alice = someone();
  await holdSeats(alice, 1, 5);
  const [chosen, refused] = await queueBehind(layoutSeat('A', 5), [
    () => holdSeats(alice, 5, 6),
    () => holdSeats(someone(), 1, 5),
  ]);
  expect(chosen).toMatchObject(done);
  // Seat 1 is still hers when the other one is told before she has it freed.
  expect(refused).toMatchObject({ reason: { seatIds: expect.arrayContaining([seat('A', 5)]) } });
  const active = await client.seatHold.findMany({ where: { showId, status: 'ACTIVE' } });
  expect(active.map(({ customerId, seatIds }) => [customerId, seatIds])).toEqual([
    [alice, [layoutSeat('A', 5), layoutSeat('A', 6)]],
  ]);
});

test('of two concurrent overlapping holds of one customer the later replaces the earlier', async () => {
  const { showId, layoutSeat, holdSeats } = await showOnSale();
  const alice = someone();
  await holdSeats(someone(), 2);
  await client.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId}`;
  await queueBehind(layoutSeat('A', 2), [() => holdSeats(alice, 1, 2), () => holdSeats(alice, 2, 3)]);
  const active = await client.seatHold.findMany({ where: { showId, customerId: alice, status: 'ACTIVE' } });
  expect(active.map(({ seatIds }) => seatIds)).toEqual([[layoutSeat('A', 2), layoutSeat('A', 3)]]);
  const kept = await client.seatClaim.findMany({ where: { showId }, orderBy: { seatId: 'asc' } });
  expect(kept.map(({ seatId }) => seatId)).toEqual([layoutSeat('A', 2), layoutSeat('A', 3)]);
});

test.each(['payment', 'hold'])(
  'a late payment and a hold of its customer never deadlock, the %s first',
  async (first) => {
    const { layoutSeat, holdSeats, bookHold, letExpire } = await showOnSale();
    const alice = someone();
    const booking = await bookHold(await holdSeats(alice, 1));
    await letExpire();
    const amount = { amount: 1_000, currency: 'GBP' };
    const pay = () => harness.pay({ bookingId: booking?.id ?? '', customerId: alice, amount });
    const tasks: (() => Promise<unknown>)[] = [pay, () => holdSeats(alice, 1, 2)];
    const outcomes = await queueBehind(layoutSeat('A', 1), first === 'payment' ? tasks : tasks.toReversed());
    const refused = { status: 'rejected', reason: { __typename: 'SeatUnavailableError' } };
    expect(outcomes).toMatchObject(first === 'payment' ? [done, refused] : [done, done]);
  },
);

test('a hold that loses a seat while it is being booked makes no booking', async () => {
  const { layoutSeat, holdSeats, bookHold } = await showOnSale();
  const hold = await holdSeats(someone(), 1);
  const booked = await client.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE seat_claims SET hold_id = 'lon_hld_other' WHERE seat_id = ${layoutSeat('A', 1)}`;
    const result = bookHold(hold);
    result.catch(() => undefined);
    await eventually(async () => expect(await countWaiting()).toBe(1), { everyMs: 5 });
    return { result };
  });
  expect(await booked.result).toBeNull();
});
