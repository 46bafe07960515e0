import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ask, book, hold, holdBest, key, release, seatsOf } from './operations.ts';
import { openBooking, customer, inDays, scheduledShow, type BookingHarness } from './harness.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const alice = customer();
const bob = customer();

test('a hold has exactly the requested seats at their prices, and the seat map shows them held', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const held = await hold(harness.subgraph, alice, showId, [seat('A', 1), seat('B', 1)]);
  expect(held).toMatchObject({
    __typename: 'HoldSeatsPayload',
    hold: { status: 'ACTIVE', total: { amount: 2_500, currency: 'GBP' }, show: { id: showId } },
  });
  const { statuses, availability, version } = await seatsOf(harness.subgraph, showId);
  expect(statuses).toMatchObject({ [seat('A', 1)]: 'HELD', [seat('B', 1)]: 'HELD', [seat('A', 2)]: 'AVAILABLE' });
  expect(availability).toEqual({ total: 12, available: 10, held: 2, sold: 0 });
  expect(version).toBe(1);
});

test('a hold that includes a taken seat holds none and names the taken one', async () => {
  const { showId, seat } = await scheduledShow(harness);
  await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const refused = await hold(harness.subgraph, bob, showId, [seat('A', 2), seat('A', 1)]);
  expect(refused).toMatchObject({ __typename: 'SeatUnavailableError', seatIds: [seat('A', 1)] });
  const { statuses, version } = await seatsOf(harness.subgraph, showId);
  expect(statuses[seat('A', 2)]).toBe('AVAILABLE');
  expect(version).toBe(1);
});

test('a new hold replaces the customer’s overlapping holds and keeps the others', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const apart = await hold(harness.subgraph, alice, showId, [seat('B', 1)]);
  const first = await hold(harness.subgraph, alice, showId, [seat('A', 1), seat('A', 2)]);
  await hold(harness.subgraph, alice, showId, [seat('A', 2), seat('A', 3)]);
  const { statuses } = await seatsOf(harness.subgraph, showId);
  expect(statuses).toMatchObject({ [seat('A', 1)]: 'AVAILABLE', [seat('A', 2)]: 'HELD', [seat('A', 3)]: 'HELD' });
  expect(await book(harness.subgraph, alice, first.hold.id)).toMatchObject({ __typename: 'HoldExpiredError' });
  expect(await book(harness.subgraph, alice, apart.hold.id)).toMatchObject({ __typename: 'CreateBookingPayload' });
});

test('a repeated request returns the same hold, even once booked; the same key with another input is refused', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const again = key();
  const first = await hold(harness.subgraph, alice, showId, [seat('A', 1)], again);
  await book(harness.subgraph, alice, first.hold.id);
  const second = await hold(harness.subgraph, alice, showId, [seat('A', 1)], again);
  expect(second.hold).toMatchObject({ id: first.hold.id, status: 'CONSUMED' });
  expect(await hold(harness.subgraph, alice, showId, [seat('A', 2)], again)).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect(await hold(harness.subgraph, bob, showId, [seat('A', 2)], again)).toMatchObject({
    __typename: 'HoldSeatsPayload',
  });
});

test('ten identical requests at once make one hold', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const same = key();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => hold(harness.subgraph, alice, showId, [seat('A', 1)], same)),
  );
  expect(new Set(answers.map((answer) => answer.hold?.id)).size).toBe(1);
  expect(await harness.database.seatHold.count({ where: { showId } })).toBe(1);
});

test('invalid input names its field and holds no seat', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const other = await scheduledShow(harness);
  const bad = async (seatIds: string[]) => hold(harness.subgraph, alice, showId, seatIds);
  for (const seatIds of [[], [other.seat('A', 1)], ['nonsense'], [seat('A', 1), seat('A', 1)], Array(11).fill('x')]) {
    expect(await bad(seatIds)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.seatIds' });
  }
  expect(await hold(harness.subgraph, alice, showId, [seat('A', 1)], 'no-uuid')).toMatchObject({
    code: 'BAD_USER_INPUT',
  });
  expect(await hold(harness.subgraph, alice, 'lon_shw_unknown', ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await hold(harness.subgraph, alice, "'; DROP TABLE shows; --", ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect((await seatsOf(harness.subgraph, showId)).availability).toMatchObject({ available: 12 });
});

test.each(['\u0001', 'lon_hld_\u0001', 'lon_shw_\u0001'])('the impossible id %j is not found', async (id) => {
  expect(await hold(harness.subgraph, alice, id, ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await release(harness.subgraph, alice, id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await book(harness.subgraph, alice, id)).toMatchObject({ code: 'NOT_FOUND' });
});

test('seats can be held only by a signed-in customer and only before the show begins', async () => {
  const { showId, seat } = await scheduledShow(harness);
  expect(await hold(harness.subgraph, ANONYMOUS, showId, [seat('A', 1)])).toMatchObject({ code: 'UNAUTHENTICATED' });
  const begun = await scheduledShow(harness, { startsAt: inDays(-0.1) });
  expect(await hold(harness.subgraph, alice, begun.showId, [begun.seat('A', 1)])).toMatchObject({
    __typename: 'ShowClosedError',
  });
});

test('releasing a hold frees its seats and may be repeated; an unknown, booked or another customer’s hold is refused', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const held = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const { id } = held.hold;
  expect(await release(harness.subgraph, bob, id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await release(harness.subgraph, alice, id)).toMatchObject({ hold: { status: 'RELEASED' } });
  expect(await release(harness.subgraph, alice, id)).toMatchObject({ hold: { status: 'RELEASED' } });
  const ended = await harness.database.outboxEvent.findMany({ where: { type: 'booking.hold-ended', key: id } });
  const heldSeconds = expect.any(Number);
  expect(ended.map(({ payload }) => payload)).toEqual([
    { holdId: id, customerId: alice.userId, showId, seats: 1, heldSeconds, outcome: 'RELEASED' },
  ]);
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  expect(await release(harness.subgraph, alice, 'lon_hld_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  const booked = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  await book(harness.subgraph, alice, booked.hold.id);
  expect(await release(harness.subgraph, alice, booked.hold.id)).toMatchObject({ __typename: 'HoldExpiredError' });
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('HELD');
});

test('the best seats are adjacent in the requested tier and leave none single; the last ones may be apart', async () => {
  const { showId, seat } = await scheduledShow(harness, { perRow: 5 });
  const together = [1, 3].map((first) => [0, 1, 2].map((next) => seat('B', first + next)));
  const best = await holdBest(harness.subgraph, alice, showId, 3, { tierId: `${showId}_t2` });
  expect(together).toContainEqual(best.hold.seats.map(({ id }: { id: string }) => id));
  const apart = await holdBest(harness.subgraph, bob, showId, 2, { tierId: `${showId}_t2` });
  expect(apart.hold.seats).toHaveLength(2);
  expect(await holdBest(harness.subgraph, bob, showId, 1, { tierId: `${showId}_t2` })).toMatchObject({
    __typename: 'NotEnoughSeatsError',
    available: 0,
  });
  expect(await holdBest(harness.subgraph, bob, showId, 6)).toMatchObject({ available: 5 });
  expect(await holdBest(harness.subgraph, bob, showId, 0)).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.quantity',
  });
  expect(await holdBest(harness.subgraph, bob, showId, 1, { tierId: 'x' })).toMatchObject({ field: 'input.tierId' });
});

test('a hold is one SQL statement after those that read the show and the idempotency key', async () => {
  const { showId, seat } = await scheduledShow(harness);
  await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const sent = await harness.statements.during(() => hold(harness.subgraph, bob, showId, [seat('A', 2)]));
  const ofBackgroundJob = /expires_at <= now\(\)\s+(AND|ORDER)|warned_at/;
  const own = sent.filter((sql) => /seat_holds|"shows"|FROM shows|idempotency_keys|seat_claims/.test(sql));
  expect(own.filter((sql) => sql.includes('INSERT INTO seat_holds'))).toHaveLength(1);
  expect(own.filter((sql) => !ofBackgroundJob.test(sql)).length).toBeLessThanOrEqual(3);
});

test('the availability of fifty shows takes one statement', async () => {
  const shows = [];
  for (let count = 0; count < 50; count += 1) shows.push(await scheduledShow(harness, { perRow: 2 }));
  const query = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Show { availability { available } } } }`;
  const ids = shows.map(({ showId }) => ({ __typename: 'Show', id: showId }));
  const sent = await harness.statements.during(() => ask(harness.subgraph, ANONYMOUS, query, { ids }));
  expect(sent.filter((sql) => sql.includes('held_count'))).toHaveLength(1);
});
