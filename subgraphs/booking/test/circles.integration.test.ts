import { randomUUID } from 'node:crypto';
import { connect } from '@marquee/database';
import type { EventType, PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-booking';
import { newCityId, newId } from '@marquee/subgraph';
import { eventually, testDatabase } from '@marquee/testkit';
import { afterAll, expect, test } from 'vitest';

import { priceBooking } from '../src/domain/price-booking.ts';
import { priceSeats, subtotalOf } from '../src/domain/price-seats.ts';
import type { SeatHold } from '../src/domain/hold.ts';
import { handlers } from '../src/events.ts';
import { BookingRepository } from '../src/adapters/bookings.ts';
import { HoldRepository } from '../src/adapters/holds.ts';
import { expireOverdueBookings } from '../src/adapters/overdue-bookings.ts';
import { ShowRepository } from '../src/adapters/shows.ts';
import { scheduledShow, type Stage } from './stage.ts';

// The repositories alone: no sweeper runs but when it is called.
const { url } = await testDatabase('booking');
const client = connect(PrismaClient, { url });
const holds = new HoldRepository(client);
const bookings = new BookingRepository(client);
const shows = new ShowRepository(client);
afterAll(() => client.$disconnect());

const tell: Stage['tell'] = async <T extends EventType>(type: T, payload: PayloadOf<T>) => {
  const handle = handlers[type] as unknown as (event: object, tx: unknown) => Promise<void>;
  await client.$transaction((tx) => handle({ payload }, tx));
};

const keyOf = (caller: string, operation: string) => ({ caller, operation, key: randomUUID(), requestHash: 'x' });

async function stagedShow() {
  const { showId, seat } = await scheduledShow({ tell });
  const show = await shows.find(showId);
  if (!show) throw new Error('no show');
  const layout = await shows.layout(show.layoutId);
  const holdSeats = (customerId: string, ...numbers: number[]): Promise<SeatHold> => {
    const seats = priceSeats(
      show,
      layout,
      numbers.map((number) => seat('A', number)),
    );
    const key = keyOf(customerId, 'holdSeats');
    const claim = { id: newCityId('lon', 'hld'), show, customerId, seats, subtotal: subtotalOf(seats) };
    return holds.claim({ ...claim, replacesOwn: true, holdSeconds: 600, key });
  };
  const bookHold = (hold: SeatHold) =>
    bookings.create({
      id: newCityId('lon', 'bkg'),
      hold,
      price: priceBooking(hold.total, { feePercent: 0, taxPercent: 0 }),
      paymentSeconds: 900,
      key: keyOf(hold.customerId, 'createBooking'),
    });
  /** Lets all deadlines of the show pass, as time would. */
  const letExpire = async (): Promise<void> => {
    await client.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId}`;
    await client.$executeRaw`UPDATE seat_holds SET expires_at = now() WHERE show_id = ${showId} AND status = 'ACTIVE'`;
    await client.$executeRaw`UPDATE bookings SET expires_at = now() WHERE show_id = ${showId}`;
  };
  return { showId, seat, holdSeats, bookHold, letExpire };
}

/** Begins pieces of work, each once the one before it waits for the seat, and then lets go of the seat. */
async function behind<T>(seatId: string, works: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  const begun: Promise<T>[] = [];
  await client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM seat_claims WHERE seat_id = ${seatId} FOR UPDATE`;
    for (const work of works) {
      const result = work();
      result.catch(() => undefined);
      begun.push(result);
      await eventually(async () => expect(await waiting()).toBe(begun.length), { everyMs: 5 });
    }
  });
  return Promise.allSettled(begun);
}

async function waiting(): Promise<number> {
  const [row] = await client.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

const done = { status: 'fulfilled' };
const someone = (): string => newId('usr');

test('a sweep of holds and a customer who takes their seats do not wait in a circle', async () => {
  const { seat, holdSeats, letExpire } = await stagedShow();
  await holdSeats(someone(), 2);
  await holdSeats(someone(), 1);
  await letExpire();
  expect(await behind<unknown>(seat('A', 1), [() => holdSeats(someone(), 1, 2), () => holds.expire()])).toMatchObject([
    done,
    done,
  ]);
});

test('a sweep of bookings and a customer who takes their seats do not wait in a circle', async () => {
  const { seat, holdSeats, bookHold, letExpire } = await stagedShow();
  await bookHold(await holdSeats(someone(), 2));
  await bookHold(await holdSeats(someone(), 1));
  await letExpire();
  const outcomes = await behind<unknown>(seat('A', 1), [
    () => holdSeats(someone(), 1, 2),
    () => expireOverdueBookings(client),
  ]);
  expect(outcomes).toMatchObject([done, done]);
});

test('a customer who holds the same seats again when their time is over does not wait in a circle with the sweep', async () => {
  const { seat, holdSeats, letExpire } = await stagedShow();
  const alice = someone();
  await holdSeats(alice, 1);
  await letExpire();
  const outcomes = await behind<unknown>(seat('A', 1), [() => holdSeats(alice, 1), () => holds.expire()]);
  expect(outcomes).toMatchObject([done, done]);
});

test('a customer who books, gives back and chooses again at the same time does not wait in a circle', async () => {
  const { seat, holdSeats, bookHold } = await stagedShow();
  const alice = someone();
  const first = await holdSeats(alice, 1);
  expect(await behind<unknown>(seat('A', 1), [() => holdSeats(alice, 1, 2), () => bookHold(first)])).toMatchObject([
    done,
    { status: 'fulfilled', value: null },
  ]);
  const second = await holdSeats(alice, 1);
  expect(
    await behind<unknown>(seat('A', 1), [() => holdSeats(alice, 1, 3), () => holds.release(second.id)]),
  ).toMatchObject([done, { status: 'fulfilled', value: null }]);
});

test('a customer who gives a seat up for another gets it although somebody else waits for both', async () => {
  const { seat, holdSeats } = await stagedShow();
  const alice = someone();
  await holdSeats(alice, 1, 5);
  const [chosen, refused] = await behind(seat('A', 5), [
    () => holdSeats(alice, 5, 6),
    () => holdSeats(someone(), 1, 5),
  ]);
  expect(chosen).toMatchObject(done);
  expect(refused).toMatchObject({ reason: { seatIds: [seat('A', 5)] } });
});

test('of two overlapping holds of one customer at the same time the later replaces the earlier', async () => {
  const { showId, seat, holdSeats } = await stagedShow();
  const alice = someone();
  await holdSeats(someone(), 2);
  await client.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId}`;
  await behind(seat('A', 2), [() => holdSeats(alice, 1, 2), () => holdSeats(alice, 2, 3)]);
  const active = await client.seatHold.findMany({ where: { showId, customerId: alice, status: 'ACTIVE' } });
  expect(active.map(({ seatIds }) => seatIds)).toEqual([[seat('A', 2), seat('A', 3)]]);
  const kept = await client.seatClaim.findMany({ where: { showId }, orderBy: { seatId: 'asc' } });
  expect(kept.map(({ seatId }) => seatId)).toEqual([seat('A', 2), seat('A', 3)]);
});

test('a hold that loses a seat while it is booked is over', async () => {
  const { seat, holdSeats, bookHold } = await stagedShow();
  const hold = await holdSeats(someone(), 1);
  const booked = await client.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE seat_claims SET hold_id = 'lon_hld_other' WHERE seat_id = ${seat('A', 1)}`;
    const result = bookHold(hold);
    result.catch(() => undefined);
    await eventually(async () => expect(await waiting()).toBe(1), { everyMs: 5 });
    return { result };
  });
  expect(await booked.result).toBeNull();
});
