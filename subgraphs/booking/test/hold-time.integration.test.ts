import type { UserCaller } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ExpiringHoldRepository } from '../src/adapters/expiring-holds.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { type Answer, book, hold, release } from './operations.ts';

const MINUTE_MS = 60_000;
const HELD = 'HoldSeatsPayload';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const holdSeat = (show: TestShow, who: UserCaller, number: number, at = harness): Promise<Answer> =>
  hold(at.subgraph, who, show.showId, [show.seat('A', number)]);

const deadline = ({ hold: { expiresAt } }: Answer): number => Date.parse(expiresAt);

/** Whole minutes between two moments. */
const minutes = (from: number, to: number): number => Math.round((to - from) / MINUTE_MS);

test('a hold that renews, replaces, follows or joins another in the show keeps the deadline of the first', async () => {
  const show = await scheduledShow(harness);
  const who = customer();
  const first = deadline(await holdSeat(show, who, 1));
  await harness.letPass(show.showId, 4);
  const renewed = await holdSeat(show, who, 1);
  await release(harness.subgraph, who, renewed.hold.id);
  const followed = await holdSeat(show, who, 1);
  const joined = await holdSeat(show, who, 2);
  for (const answer of [renewed, followed, joined]) expect(deadline(answer)).toBe(first - 4 * MINUTE_MS);
  expect(deadline(await holdSeat(show, customer(), 3))).toBeGreaterThan(first);
});

test('a hold in another show has a deadline of its own', async () => {
  const who = customer();
  const [show, other] = [await scheduledShow(harness), await scheduledShow(harness)];
  const first = deadline(await holdSeat(show, who, 1));
  await harness.letPass(show.showId, 4);
  expect(deadline(await holdSeat(other, who, 1))).toBeGreaterThan(first - MINUTE_MS);
});

/** Holds a seat again and again, each time until the end; books what it holds when `books`. @returns the minutes held */
async function keepSeat(at: BookingHarness, show: TestShow, who: UserCaller, books: boolean, attempts = 12) {
  let held = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await holdSeat(show, who, 1, at);
    if (answer.__typename !== HELD) return { held, answer };
    const last = minutes(Date.now(), deadline(answer)) - 1;
    await at.letPass(show.showId, last);
    const booked = books ? await book(at.subgraph, who, answer.hold.id) : undefined;
    const rest = booked?.booking ? minutes(Date.now(), Date.parse(booked.booking.expiresAt)) : 1;
    await at.letPass(show.showId, rest);
    held += last + rest;
  }
  return { held, answer: undefined };
}

test.each([{ books: false }, { books: true }])(
  'an account keeps a seat without paying for half an hour in an hour, and then another customer gets it: %j',
  async ({ books }) => {
    const show = await scheduledShow(harness);
    const who = customer();
    const { held, answer } = await keepSeat(harness, show, who, books);
    expect(held).toBe(30);
    expect(answer?.__typename).toBe('HoldTimeExceededError');
    expect(minutes(Date.now(), Date.parse(answer?.availableAt ?? ''))).toBe(30);
    expect((await holdSeat(show, customer(), 1)).__typename).toBe(HELD);
    await harness.letPass(show.showId, 30);
    const again = await holdSeat(show, who, 2);
    expect(minutes(Date.now(), deadline(again))).toBe(10);
  },
);

test('control: without a budget the same account keeps the seat for ever', async () => {
  const at = await openBooking({ settings: { unpaidSeconds: 86_400 } });
  const { held } = await keepSeat(at, await scheduledShow(at), customer(), true, 3);
  expect(held).toBeGreaterThan(60);
});

test('a booking has its whole time to pay, also when its hold is about to end', async () => {
  const show = await scheduledShow(harness);
  const who = customer();
  const held = await holdSeat(show, who, 1);
  await harness.letPass(show.showId, 9);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  expect(minutes(Date.now(), Date.parse(booking.expiresAt))).toBe(15);
});

test('the time that a customer spent is forgotten once it counts no longer, and not before', async () => {
  const show = await scheduledShow(harness);
  const who = customer();
  const { held } = await keepSeat(harness, show, who, false);
  const budgets = new ExpiringHoldRepository(harness.database);
  await budgets.deleteBudgets();
  expect((await holdSeat(show, who, 1)).__typename).toBe('HoldTimeExceededError');
  await harness.letPass(show.showId, 60 - held);
  await budgets.deleteBudgets();
  expect(await harness.database.holdBudget.count({ where: { customerId: who.userId } })).toBe(0);
  expect(minutes(Date.now(), deadline(await holdSeat(show, who, 1)))).toBe(10);
});

test('a hold or booking that is refused spends no time', async () => {
  const show = await scheduledShow(harness);
  const [who, other] = [customer(), customer()];
  await holdSeat(show, other, 1);
  expect((await holdSeat(show, who, 1)).__typename).toBe('SeatUnavailableError');
  const spent = (): Promise<number> => harness.database.holdBudget.count({ where: { customerId: who.userId } });
  expect(await spent()).toBe(0);
  const held = await holdSeat(show, who, 2);
  await release(harness.subgraph, who, held.hold.id);
  expect((await book(harness.subgraph, who, held.hold.id)).__typename).toBe('HoldExpiredError');
  expect(await harness.database.holdBudget.findFirst({ where: { customerId: who.userId } })).toMatchObject({
    spentSeconds: 600,
  });
});
