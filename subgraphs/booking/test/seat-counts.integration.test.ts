import { randomInt } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';

import { ExpiringHoldRepository } from '../src/adapters/expiring-holds.ts';
import { OverdueBookingRepository } from '../src/adapters/overdue-bookings.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, holdBest, release, seatsOf } from './operations.ts';

const PER_ROW = 5;
const BUYERS = 5;
const STEPS = 8;

let harness: BookingHarness;
beforeAll(async () => {
  // Not started: no background job frees what has expired unless a test lets it.
  harness = await openBooking({ start: false });
});

/** The counts of the show and its sections, and their claims. */
async function countsOf(showId: string) {
  const counted = await harness.database.$queryRaw`
    SELECT section, held_count AS held, sold_count AS sold FROM seat_counts WHERE show_id = ${showId}
    UNION ALL SELECT 'all', held_count, sold_count FROM shows WHERE id = ${showId} ORDER BY 1`;
  const claimed = await harness.database.$queryRaw`
    SELECT place.section, count(*) FILTER (WHERE state IN ('HELD', 'PENDING'))::int AS held,
      count(*) FILTER (WHERE state = 'SOLD')::int AS sold
    FROM (VALUES ('Stalls', 'Stalls'), ('Balcony', 'Balcony'), ('all', 'Stalls'), ('all', 'Balcony')) AS place (section, part)
    LEFT JOIN seat_claims AS claim ON claim.show_id = ${showId} AND claim.section = place.part GROUP BY 1 ORDER BY 1`;
  return { counted, claimed };
}

/** A buyer who holds random seats, and releases, books, pays, pays too late or forgets them. */
async function buy(show: TestShow): Promise<void> {
  const who = customer();
  for (let step = 0; step < STEPS; step += 1) {
    const seats = [show.seat('A', randomInt(1, PER_ROW + 1)), show.seat('B', randomInt(1, PER_ROW + 1))];
    const held = await hold(harness.subgraph, who, show.showId, seats.slice(0, randomInt(1, 3)));
    if (held.__typename !== 'HoldSeatsPayload') continue;
    const next = randomInt(4);
    if (next === 0) await release(harness.subgraph, who, held.hold.id);
    if (next < 2) continue;
    const { booking } = await book(harness.subgraph, who, held.hold.id);
    if (randomInt(2) === 0) await harness.letExpire(show.showId);
    if (randomInt(3) > 0 || !booking) continue;
    await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  }
}

async function sweep(): Promise<void> {
  await new ExpiringHoldRepository(harness.database).expire();
  await new OverdueBookingRepository(harness.database).expire();
}

test('counts of seats equal a recount of their claims after any history', async () => {
  const show = await scheduledShow(harness, { perRow: PER_ROW });
  await Promise.all([...Array.from({ length: BUYERS }, () => buy(show)), sweep()]);
  const before = await countsOf(show.showId);
  expect(before.counted).toEqual(before.claimed);
  await harness.letExpire(show.showId);
  await sweep();
  const after = await countsOf(show.showId);
  expect(after.counted).toEqual(after.claimed);
  const { availability, statuses } = await seatsOf(harness.subgraph, show.showId);
  const free = Object.values(statuses).filter((status) => status === 'AVAILABLE').length;
  expect(availability).toEqual({ total: 2 * PER_ROW, available: free, held: 0, sold: 2 * PER_ROW - free });
});

test('control: a claim that is freed without being counted shows in the recount', async () => {
  const show = await scheduledShow(harness, { perRow: PER_ROW });
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 1)]);
  await harness.database.$executeRaw`DELETE FROM seat_claims WHERE show_id = ${show.showId}`;
  const { counted, claimed } = await countsOf(show.showId);
  expect(counted).not.toEqual(claimed);
});

test('seats past their time are available at once, in every count, before anything frees them', async () => {
  const show = await scheduledShow(harness, { perRow: PER_ROW });
  const who = customer();
  const held = await hold(harness.subgraph, who, show.showId, [show.seat('A', 1), show.seat('B', 1)]);
  await book(harness.subgraph, who, held.hold.id);
  await hold(harness.subgraph, customer(), show.showId, [show.seat('A', 2)]);
  const tierId = `${show.showId}_t1`;
  const refused = () => holdBest(harness.subgraph, customer(), show.showId, 6, { tierId });
  expect((await seatsOf(harness.subgraph, show.showId)).availability).toMatchObject({ available: 7, held: 3 });
  expect(await refused()).toMatchObject({ __typename: 'NotEnoughSeatsError', available: 3 });
  await harness.letExpire(show.showId);
  expect((await seatsOf(harness.subgraph, show.showId)).availability).toMatchObject({ available: 10, held: 0 });
  expect(await refused()).toMatchObject({ __typename: 'NotEnoughSeatsError', available: 5 });
});

test('a show is sold out with its last seat, and no longer once it is cancelled and has nothing available', async () => {
  const show = await scheduledShow(harness, { perRow: 1 });
  const who = customer();
  const buySeat = async (row: string): Promise<void> => {
    const held = await hold(harness.subgraph, who, show.showId, [show.seat(row, 1)]);
    const { booking } = await book(harness.subgraph, who, held.hold.id);
    await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  };
  const emitted = () =>
    harness.database.outboxEvent.findMany({
      where: { type: 'booking.show-availability-changed', key: show.showId },
      select: { payload: true },
    });
  await buySeat('A');
  expect(await emitted()).toEqual([]);
  await buySeat('B');
  expect(await emitted()).toEqual([{ payload: { showId: show.showId, soldOut: true } }]);
  await harness.deliver('catalog.show-cancelled', { showId: show.showId, cityCode: 'lon', reason: 'Rain' });
  const { availability } = await seatsOf(harness.subgraph, show.showId);
  expect(availability).toEqual({ total: 2, available: 0, held: 0, sold: 2 });
});
