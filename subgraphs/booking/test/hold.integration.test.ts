import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ask, book, hold, HOLD_SEATS, holdBest, key, release, seatsOf } from './operations.ts';
import { bookingStage, customer, inDays, scheduledShow, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await bookingStage();
});

const alice = customer();
const bob = customer();

test('a hold keeps exactly its seats, with their prices, and the map shows them held', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const held = await hold(stage.booking, alice, showId, [seat('A', 1), seat('B', 1)]);
  expect(held).toMatchObject({
    __typename: 'HoldSeatsPayload',
    hold: { status: 'ACTIVE', total: { amount: 2_500, currency: 'GBP' }, show: { id: showId } },
  });
  const { statuses, availability, version } = await seatsOf(stage.booking, showId);
  expect(statuses).toMatchObject({ [seat('A', 1)]: 'HELD', [seat('B', 1)]: 'HELD', [seat('A', 2)]: 'AVAILABLE' });
  expect(availability).toEqual({ total: 12, available: 10, held: 2, sold: 0 });
  expect(version).toBe(1);
});

test('a hold of a taken seat takes none of the others and names the taken one', async () => {
  const { showId, seat } = await scheduledShow(stage);
  await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const denied = await hold(stage.booking, bob, showId, [seat('A', 2), seat('A', 1)]);
  expect(denied).toMatchObject({ __typename: 'SeatUnavailableError', seatIds: [seat('A', 1)] });
  const { statuses, version } = await seatsOf(stage.booking, showId);
  expect(statuses[seat('A', 2)]).toBe('AVAILABLE');
  expect(version).toBe(1);
});

test('a customer who chooses again replaces the hold that overlaps and keeps the one that does not', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const apart = await hold(stage.booking, alice, showId, [seat('B', 1)]);
  const first = await hold(stage.booking, alice, showId, [seat('A', 1), seat('A', 2)]);
  await hold(stage.booking, alice, showId, [seat('A', 2), seat('A', 3)]);
  const { statuses } = await seatsOf(stage.booking, showId);
  expect(statuses).toMatchObject({ [seat('A', 1)]: 'AVAILABLE', [seat('A', 2)]: 'HELD', [seat('A', 3)]: 'HELD' });
  expect(await book(stage.booking, alice, first.hold.id)).toMatchObject({ __typename: 'HoldExpiredError' });
  expect(await book(stage.booking, alice, apart.hold.id)).toMatchObject({ __typename: 'CreateBookingPayload' });
});

test('the same request again gives the same hold, also later; another body with the same key is refused', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const again = key();
  const first = await hold(stage.booking, alice, showId, [seat('A', 1)], again);
  await book(stage.booking, alice, first.hold.id);
  const second = await hold(stage.booking, alice, showId, [seat('A', 1)], again);
  expect(second.hold).toMatchObject({ id: first.hold.id, status: 'CONSUMED' });
  expect(await hold(stage.booking, alice, showId, [seat('A', 2)], again)).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect(await hold(stage.booking, bob, showId, [seat('A', 2)], again)).toMatchObject({
    __typename: 'HoldSeatsPayload',
  });
});

test('ten identical requests at once make one hold', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const same = key();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => hold(stage.booking, alice, showId, [seat('A', 1)], same)),
  );
  expect(new Set(answers.map((answer) => answer.hold?.id)).size).toBe(1);
  expect(await stage.database.seatHold.count({ where: { showId } })).toBe(1);
});

test('bad input is told by field and takes no seat', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const other = await scheduledShow(stage);
  const bad = async (seatIds: string[]) => hold(stage.booking, alice, showId, seatIds);
  for (const seatIds of [[], [other.seat('A', 1)], ['nonsense'], [seat('A', 1), seat('A', 1)], Array(11).fill('x')]) {
    expect(await bad(seatIds)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.seatIds' });
  }
  expect(await hold(stage.booking, alice, showId, [seat('A', 1)], 'no-uuid')).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await hold(stage.booking, alice, 'lon_shw_unknown', ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await hold(stage.booking, alice, "'; DROP TABLE shows; --", ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect((await seatsOf(stage.booking, showId)).availability).toMatchObject({ available: 12 });
});

test.each(['\u0000', 'lon_hld_\u0000', 'lon_shw_\u0000'])('the impossible id %j names nothing', async (id) => {
  expect(await hold(stage.booking, alice, id, ['x'])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await release(stage.booking, alice, id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await book(stage.booking, alice, id)).toMatchObject({ code: 'NOT_FOUND' });
});

test('nobody holds without signing in, and nobody holds for a show that has begun', async () => {
  const { showId, seat } = await scheduledShow(stage);
  expect(await hold(stage.booking, ANONYMOUS, showId, [seat('A', 1)])).toMatchObject({ code: 'UNAUTHENTICATED' });
  const begun = await scheduledShow(stage, 6, inDays(-0.1));
  expect(await hold(stage.booking, alice, begun.showId, [begun.seat('A', 1)])).toMatchObject({
    __typename: 'ShowClosedError',
  });
});

test('a released hold frees its seats; releasing again, or another’s, or an unknown one is told apart', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const held = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const { id } = held.hold;
  expect(await release(stage.booking, bob, id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await release(stage.booking, alice, id)).toMatchObject({ hold: { status: 'RELEASED' } });
  expect(await release(stage.booking, alice, id)).toMatchObject({ hold: { status: 'RELEASED' } });
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('AVAILABLE');
  expect(await release(stage.booking, alice, 'lon_hld_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  const booked = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  await book(stage.booking, alice, booked.hold.id);
  expect(await release(stage.booking, alice, booked.hold.id)).toMatchObject({ __typename: 'HoldExpiredError' });
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('HELD');
});

test('the best seats are together and central, of the tier asked for, and the last ones may stand apart', async () => {
  const { showId, seat } = await scheduledShow(stage, 5);
  const best = await holdBest(stage.booking, alice, showId, 3, { tierId: `${showId}-Premium` });
  expect(best.hold.seats.map(({ id }: { id: string }) => id)).toEqual([seat('B', 2), seat('B', 3), seat('B', 4)]);
  const apart = await holdBest(stage.booking, bob, showId, 2, { tierId: `${showId}-Premium` });
  expect(apart.hold.seats).toHaveLength(2);
  expect(await holdBest(stage.booking, bob, showId, 1, { tierId: `${showId}-Premium` })).toMatchObject({
    __typename: 'NotEnoughSeatsError',
    available: 0,
  });
  expect(await holdBest(stage.booking, bob, showId, 6)).toMatchObject({ available: 5 });
  expect(await holdBest(stage.booking, bob, showId, 0)).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.quantity',
  });
  expect(await holdBest(stage.booking, bob, showId, 1, { tierId: 'x' })).toMatchObject({ field: 'input.tierId' });
});

test('a hold is one SQL statement, beside the two that read the show and the key', async () => {
  const { showId, seat } = await scheduledShow(stage);
  await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const sent = await stage.statements.during(() => hold(stage.booking, bob, showId, [seat('A', 2)]));
  const own = sent.filter((sql) => /seat_holds|"shows"|FROM shows|idempotency_keys|seat_claims/.test(sql));
  expect(own.filter((sql) => sql.includes('INSERT INTO seat_holds'))).toHaveLength(1);
  expect(own.filter((sql) => !/expires_at <= now\(\) AND|warned_at/.test(sql)).length).toBeLessThanOrEqual(3);
});

test('fifty shows show their availability by one statement', async () => {
  const shows = [];
  for (let count = 0; count < 50; count += 1) shows.push(await scheduledShow(stage, 2));
  const query = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Show { availability { available } } } }`;
  const ids = shows.map(({ showId }) => ({ __typename: 'Show', id: showId }));
  const sent = await stage.statements.during(() => ask(stage.booking, ANONYMOUS, query, { ids }));
  expect(sent.filter((sql) => sql.includes('FROM shows LEFT JOIN seat_claims'))).toHaveLength(1);
  expect(HOLD_SEATS).toContain('holdSeats');
});
