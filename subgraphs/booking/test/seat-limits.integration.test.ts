import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-booking';
import type { UserCaller } from '@marquee/subgraph';
import { eventually, testDatabase } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, lockWaits, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { type Answer, book, hold, holdBest, release, seatsOf } from './operations.ts';

const SEATS = 62;
const MAXIMUM = 10;

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const theater = (at = harness): Promise<TestShow> => scheduledShow(at, { perRow: SEATS / 2 });

const seats = ({ seat }: TestShow, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => seat('A', from + index));

const holdOf = (show: TestShow, who: UserCaller, from: number, count: number): Promise<Answer> =>
  hold(harness.subgraph, who, show.showId, seats(show, from, count));

async function bookingOf(show: TestShow, who: UserCaller, from: number, count: number) {
  const held = await holdOf(show, who, from, count);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  const pay = () => harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  return { id: booking.id, pay };
}

const held = { __typename: 'HoldSeatsPayload' };
const tooMany = (taken: number, maximum = MAXIMUM) => ({ __typename: 'SeatLimitExceededError', maximum, taken });

test('one account gets ten of 62 seats, held, booked and bought together, and another customer gets the rest', async () => {
  const show = await theater();
  const [greedy, bystander] = [customer(), customer()];
  await (await bookingOf(show, greedy, 1, 4)).pay();
  await bookingOf(show, greedy, 5, 3);
  expect(await holdOf(show, greedy, 8, 3)).toMatchObject(held);
  for (let from = 11; from < SEATS / 2; from += 1) {
    expect(await holdOf(show, greedy, from, 1)).toMatchObject(tooMany(MAXIMUM));
  }
  expect(await holdBest(harness.subgraph, greedy, show.showId, 1)).toMatchObject(tooMany(MAXIMUM));
  expect((await seatsOf(harness.subgraph, show.showId)).availability).toMatchObject({ available: SEATS - MAXIMUM });
  expect(await holdOf(show, bystander, 11, MAXIMUM)).toMatchObject(held);
});

test('seats that a new hold replaces, that are released or that expire count no longer', async () => {
  const show = await theater();
  const who = customer();
  await holdOf(show, who, 1, 8);
  expect(await holdOf(show, who, 9, 3)).toMatchObject(tooMany(8));
  const swapped = await holdOf(show, who, 8, 10);
  expect(swapped).toMatchObject(held);
  await release(harness.subgraph, who, swapped.hold.id);
  const again = await holdOf(show, who, 1, MAXIMUM);
  expect(again).toMatchObject(held);
  await harness.letPass(show.showId, 10);
  expect(await holdOf(show, who, 11, MAXIMUM)).toMatchObject(held);
});

test('the seats of a booking that is not paid, or whose show is cancelled, count no longer', async () => {
  const show = await theater();
  const who = customer();
  await bookingOf(show, who, 1, MAXIMUM);
  await harness.letPass(show.showId, 25);
  const paid = await bookingOf(show, who, 11, MAXIMUM);
  await paid.pay();
  expect(await holdOf(show, who, 21, 1)).toMatchObject(tooMany(MAXIMUM));
  await harness.deliver('catalog.show-cancelled', { showId: show.showId, cityCode: 'lon', reason: 'Rain' });
  await eventually(async () => expect(await harness.database.seatClaim.count({ where: paidFor(paid.id) })).toBe(0));
  await harness.database.show.updateMany({ where: { id: show.showId }, data: { cancelledAt: null } });
  await harness.letPass(show.showId, 60);
  expect(await holdOf(show, who, 21, MAXIMUM)).toMatchObject(held);
});

const paidFor = (bookingId: string) => ({ bookingId, state: 'SOLD' as const });

test('an account without a verified email address gets four, and is told how to get more', async () => {
  const show = await theater();
  const who = { ...customer(), emailVerified: false };
  expect(await holdOf(show, who, 1, 5)).toMatchObject({
    ...tooMany(0, 4),
    message: expect.stringContaining('verify your email address'),
  });
  expect(await holdOf(show, who, 1, 4)).toMatchObject(held);
  expect(await holdOf(show, who, 5, 1)).toMatchObject(tooMany(4, 4));
  expect(await holdOf(show, { ...who, emailVerified: true }, 5, 6)).toMatchObject(held);
});

test('a show may have a maximum of its own, and says it', async () => {
  const show = await scheduledShow(harness, { perRow: SEATS / 2, maxSeatsPerCustomer: 2 });
  expect(await seatsOf(harness.subgraph, show.showId)).toMatchObject({ maxSeatsPerCustomer: 2 });
  expect(await seatsOf(harness.subgraph, (await theater()).showId)).toMatchObject({ maxSeatsPerCustomer: MAXIMUM });
  const who = customer();
  expect(await holdOf(show, who, 1, 3)).toMatchObject(tooMany(0, 2));
  expect(await holdOf(show, who, 1, 2)).toMatchObject(held);
});

test('a customer whom the scoring of risks slows may have a share of the seats, until that is over', async () => {
  const show = await theater();
  const who = customer();
  const limit = { customerId: who.userId, percent: 25, until: new Date(Date.now() + 60_000) };
  await harness.database.buyerLimit.create({ data: limit });
  expect(await holdOf(show, who, 1, 4)).toMatchObject(tooMany(0, 3));
  expect(await holdOf(show, who, 1, 3)).toMatchObject(held);
  expect(await holdOf(show, customer(), 4, MAXIMUM)).toMatchObject(held);
  await harness.database.buyerLimit.update({ where: { customerId: who.userId }, data: { until: new Date() } });
  expect(await holdOf(show, who, 14, 7)).toMatchObject(held);
});

test('one account holds thirty unpaid seats of all shows together', async () => {
  const shows = [await theater(), await theater(), await theater(), await theater()] as const;
  const who = customer();
  const first = await bookingOf(shows[0], who, 1, MAXIMUM);
  await holdOf(shows[1], who, 1, MAXIMUM);
  await holdOf(shows[2], who, 1, MAXIMUM);
  expect(await holdOf(shows[3], who, 1, 1)).toMatchObject(tooMany(30, 30));
  await first.pay();
  expect(await holdOf(shows[3], who, 1, MAXIMUM)).toMatchObject(held);
});

test('a late payment takes its seats again only within the maximum, else it is refunded', async () => {
  const refunds = (key: string) =>
    harness.database.outboxEvent.count({ where: { type: 'booking.refund-required', key } });
  for (const [more, refunded] of [
    [4, 0],
    [5, 1],
  ] as const) {
    const show = await theater();
    const who = customer();
    const late = await bookingOf(show, who, 1, 6);
    await harness.letPass(show.showId, 25);
    expect(await holdOf(show, who, 11, more)).toMatchObject(held);
    await late.pay();
    expect(await refunds(late.id)).toBe(refunded);
    expect(await harness.database.seatClaim.count({ where: paidFor(late.id) })).toBe(refunded === 1 ? 0 : 6);
  }
});

test('a payment in time buys its seats also when the maximum was lowered meanwhile', async () => {
  const show = await theater();
  const booking = await bookingOf(show, customer(), 1, 6);
  await harness.database.show.updateMany({ where: { id: show.showId }, data: { maxSeatsPerCustomer: 2 } });
  await booking.pay();
  expect(await harness.database.seatClaim.count({ where: paidFor(booking.id) })).toBe(6);
});

/** Twenty requests of one account for two seats each, all of which have begun before the first can commit. */
async function race(at: BookingHarness): Promise<number> {
  const show = await theater(at);
  const who = customer();
  const answers = await at.database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM shows WHERE id = ${show.showId} FOR UPDATE`;
    const requests = Array.from({ length: 20 }, (_, index) =>
      hold(at.subgraph, who, show.showId, [show.seat('A', index + 1), show.seat('B', index + 1)]),
    );
    await eventually(async () => expect(await lockWaits(at)).toBeGreaterThan(MAXIMUM / 2));
    return { requests };
  });
  await Promise.all(answers.requests);
  return at.database.seatClaim.count({ where: { showId: show.showId, customerId: who.userId } });
}

test('twenty requests of one account at once get ten seats', async () => {
  expect(await race(await openBooking({ rateLimits: false }))).toBe(MAXIMUM);
});

test('control: where the account’s claims take no turns, twenty requests at once get more', async () => {
  const { url } = await testDatabase('booking');
  const database = connect(PrismaClient, { url });
  await database.$executeRaw`
    CREATE OR REPLACE FUNCTION lock_seat_usage(customer text, city text, show text, giving_way text[],
      OUT in_show integer, OUT unpaid integer)
    LANGUAGE sql STABLE AS $$
      SELECT count(*), count(*) FROM seat_claims WHERE customer_id = customer AND show_id = show $$`;
  await database.$disconnect();
  expect(await race(await openBooking({ databaseUrl: url, rateLimits: false }))).toBeGreaterThan(MAXIMUM);
});
