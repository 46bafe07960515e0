import type { UserCaller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { type Answer, book, hold, holdBest } from './operations.ts';
import { openOverselling } from './disarmed.ts';
import { openBooking, customer, scheduledShow, type BookingHarness, type TestShow } from './harness.ts';

const CUSTOMERS = 50;
const SEATS = 10;

/** Lets 50 customers at once hold one of ten seats, book it and pay. */
async function sell(
  harness: BookingHarness,
  choose: (harness: BookingHarness, show: TestShow, n: number) => Promise<{ who: UserCaller; held: Answer }>,
) {
  const show = await scheduledShow(harness, { perRow: SEATS / 2 });
  const buy = async (n: number): Promise<boolean> => {
    const { who, held } = await choose(harness, show, n);
    if (held.__typename !== 'HoldSeatsPayload') return false;
    const booked = await book(harness.subgraph, who, held.hold.id);
    if (booked.__typename !== 'CreateBookingPayload') return false;
    const { id: bookingId, price } = booked.booking;
    await harness.pay({ bookingId, customerId: who.userId, amount: price.total });
    return true;
  };
  const bought = await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => buy(n)));
  const tickets = await harness.database.ticket.findMany({ where: { showId: show.showId } });
  return { bought: bought.filter(Boolean).length, seats: tickets.map(({ seatId }) => seatId) };
}

const oneSeat = async (harness: BookingHarness, show: TestShow, n: number) => {
  const who = customer();
  const seat = show.seat(n % 2 === 0 ? 'A' : 'B', 1 + (Math.floor(n / 2) % (SEATS / 2)));
  return { who, held: await hold(harness.subgraph, who, show.showId, [seat]) };
};

const anySeat = async (harness: BookingHarness, show: TestShow) => {
  const who = customer();
  return { who, held: await holdBest(harness.subgraph, who, show.showId, 1) };
};

test('when 50 customers race for 10 seats, each seat is sold exactly once', async () => {
  const { bought, seats } = await sell(await openBooking(), oneSeat);
  expect(bought).toBe(SEATS);
  expect(new Set(seats).size).toBe(SEATS);
  expect(seats).toHaveLength(SEATS);
});

test('when 50 customers race for the best of 10 seats, each seat is sold exactly once', async () => {
  const { seats } = await sell(await openBooking(), anySeat);
  expect(seats).toHaveLength(SEATS);
  expect(new Set(seats).size).toBe(SEATS);
});

test('of forty customers who want one seat at once, one claims it and the others look together whether it is taken', async () => {
  const harness = await openBooking({ start: false });
  const show = await scheduledShow(harness);
  await hold(harness.subgraph, customer(), show.showId, [show.seat('B', 1)]);
  const want = () => hold(harness.subgraph, customer(), show.showId, [show.seat('A', 1)]);
  let answers: Answer[] = [];
  const sent = await harness.statements.during(async () => {
    answers = await Promise.all(Array.from({ length: 40 }, want));
  });
  const named = (name: string) => answers.filter(({ __typename }) => __typename === name);
  expect([named('HoldSeatsPayload').length, named('SeatUnavailableError').length]).toEqual([1, 39]);
  expect(sent.filter((sql) => sql.includes('INSERT INTO seat_claims'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('AS taken')).length).toBeLessThan(20);
});

test('when one customer asks for the best seats many times at once, no hold replaces another', async () => {
  const harness = await openBooking();
  const { showId } = await scheduledShow(harness, { perRow: SEATS / 2 });
  const who = customer();
  const answers = await Promise.all(
    Array.from({ length: SEATS / 2 }, () => holdBest(harness.subgraph, who, showId, 2)),
  );
  const held = answers.flatMap(({ hold: made }) => made?.seats.map(({ id }) => id) ?? []);
  expect(new Set(held).size).toBe(held.length);
  expect(await harness.database.seatHold.count({ where: { showId, status: 'RELEASED' } })).toBe(0);
});

test('control: without the three guards over show and seat the same race sells seats twice', async () => {
  const harness = await openOverselling();
  await harness.database.$executeRaw`DROP INDEX tickets_one_live_a_seat`;
  const { seats } = await sell(harness, oneSeat);
  expect(seats.length).toBeGreaterThan(SEATS);
});
