import type { UserCaller } from '@marquee/subgraph';
import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { openOverselling } from './disarmed.ts';
import { type BookingHarness, customer, inDays, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, hold, seatsOf } from './operations.ts';

const BLOCK = `mutation($showId: ID!, $seatIds: [ID!]!, $reason: String!) {
  result: blockSeats(showId: $showId, seatIds: $seatIds, reason: $reason) {
    __typename ... on BlockSeatsPayload { seats { id status } } ... on SeatUnavailableError { seatIds } ... on UserError { message } } }`;
const UNBLOCK = `mutation($showId: ID!, $seatIds: [ID!]!) {
  result: unblockSeats(showId: $showId, seatIds: $seatIds) {
    __typename ... on UnblockSeatsPayload { seats { id status } } ... on UserError { message } } }`;

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking({ start: false });
});

const partner = customer('usr_partner', ['seats:write']);
const block = (
  show: TestShow,
  seatIds: readonly string[],
  caller: UserCaller = partner,
  reason = 'A camera',
  world = harness,
) => ask(world.subgraph, caller, BLOCK, { showId: show.showId, seatIds, reason });
const unblock = (show: TestShow, seatIds: readonly string[], caller: UserCaller = partner) =>
  ask(harness.subgraph, caller, UNBLOCK, { showId: show.showId, seatIds });

test('a partner takes seats from sale and puts them back, and everybody sees it', async () => {
  const show = await scheduledShow(harness);
  const seats = [show.seat('A', 1), show.seat('A', 2)];
  expect(await block(show, seats)).toMatchObject({ seats: seats.map((id) => ({ id, status: 'BLOCKED' })) });
  const blocked = await seatsOf(harness.subgraph, show.showId);
  expect(blocked).toMatchObject({ version: 1, availability: { total: 12, available: 10, held: 0, sold: 0 } });
  expect(blocked.statuses[show.seat('A', 1)]).toBe('BLOCKED');
  expect(await hold(harness.subgraph, customer(), show.showId, seats)).toMatchObject({ seatIds: seats });
  expect(await harness.database.seatClaim.findFirst({ where: { showId: show.showId } })).toMatchObject({
    reason: 'A camera',
  });
  expect(await unblock(show, seats)).toMatchObject({ seats: seats.map((id) => ({ id, status: 'AVAILABLE' })) });
  expect(await seatsOf(harness.subgraph, show.showId)).toMatchObject({ version: 2, availability: { available: 12 } });
  await unblock(show, seats);
  const log = await harness.database.outboxEvent.findMany({
    where: { type: 'booking.audited', key: show.showId },
    orderBy: { seq: 'asc' },
  });
  expect(log.map(({ payload }) => payload)).toMatchObject(
    ['seats.blocked', 'seats.unblocked'].map((action) => ({ actorId: partner.userId, action, subjectType: 'Show' })),
  );
});

test('seats are blocked all or none: one that is held is named, and stays with its customer', async () => {
  const show = await scheduledShow(harness);
  const [taken, free] = [show.seat('A', 1), show.seat('A', 2)];
  await hold(harness.subgraph, customer(), show.showId, [taken]);
  expect(await block(show, [taken, free])).toMatchObject({ __typename: 'SeatUnavailableError', seatIds: [taken] });
  expect(await unblock(show, [taken, free])).toMatchObject({ seats: [{ status: 'HELD' }, { status: 'AVAILABLE' }] });
  await harness.letExpire(show.showId);
  expect(await block(show, [taken, free])).toMatchObject({ __typename: 'BlockSeatsPayload' });
  expect((await seatsOf(harness.subgraph, show.showId)).availability).toMatchObject({ available: 10, held: 0 });
});

test('blocking again changes nothing but the reason; the last free seat makes the show sold out until it is free', async () => {
  const show = await scheduledShow(harness, { perRow: 1 });
  const seats = [show.seat('A', 1), show.seat('B', 1)];
  await block(show, seats);
  await block(show, seats, partner, 'A broken seat');
  expect(await seatsOf(harness.subgraph, show.showId)).toMatchObject({ availability: { available: 0 } });
  await unblock(show, seats.slice(1));
  const told = await harness.database.outboxEvent.findMany({
    where: { type: 'booking.show-availability-changed', key: show.showId },
    orderBy: { seq: 'asc' },
  });
  expect(told.map(({ payload }) => payload)).toMatchObject([{ soldOut: true }, { soldOut: false }]);
  expect(await harness.database.seatClaim.findFirst({ where: { showId: show.showId } })).toMatchObject({
    reason: 'A broken seat',
  });
});

test('nobody blocks seats at a venue of somebody else, and customers block none', async () => {
  const show = await scheduledShow(harness);
  const seats = [show.seat('A', 1)];
  for (const change of [block, unblock]) {
    expect(await change(show, seats, customer('usr_other', ['seats:write']))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await change(show, seats, customer())).toMatchObject({ code: 'FORBIDDEN' });
    expect(await change({ ...show, showId: 'lon_shw_none' }, seats)).toMatchObject({ code: 'NOT_FOUND' });
  }
  const anonymous = await ask(harness.subgraph, ANONYMOUS, UNBLOCK, { showId: show.showId, seatIds: seats });
  expect(anonymous).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await seatsOf(harness.subgraph, show.showId)).version).toBe(0);
});

test('seats of another show, none, no reason and a show that has begun are refused', async () => {
  const [show, other] = [await scheduledShow(harness), await scheduledShow(harness)];
  const input = { code: 'BAD_USER_INPUT', field: 'seatIds' };
  expect(await block(show, [other.seat('A', 1)])).toMatchObject(input);
  expect(await block(show, [`${show.showId}-none`])).toMatchObject(input);
  expect(await block(show, [])).toMatchObject(input);
  expect(await block(show, [show.seat('A', 1)], partner, ' ')).toMatchObject({ ...input, field: 'reason' });
  const begun = await scheduledShow(harness, { startsAt: inDays(-1) });
  expect(await block(begun, [begun.seat('A', 1)])).toMatchObject({ __typename: 'ShowClosedError' });
});

/** Blocks a row while six customers hold its seats. @returns whether it is blocked, and how many have their seat */
async function blockWhileHeld(world: BookingHarness) {
  const show = await scheduledShow(world);
  const row = [1, 2, 3, 4, 5, 6].map((number) => show.seat('A', number));
  const [blocked, ...held] = await Promise.all([
    block(show, row, partner, 'A camera', world),
    ...row.map((seat) => hold(world.subgraph, customer(), show.showId, [seat])),
  ]);
  const holds = held.filter(({ __typename }) => __typename === 'HoldSeatsPayload').length;
  return { show, holds, isBlocked: blocked?.__typename === 'BlockSeatsPayload' };
}

test('of a partner who blocks a row and customers who hold its seats at once, nobody gets a seat that another has', async () => {
  const { show, holds, isBlocked } = await blockWhileHeld(harness);
  expect(holds).toBe(isBlocked ? 0 : 6);
  expect((await seatsOf(harness.subgraph, show.showId)).availability.available).toBe(6);
});

test('control: where a seat can be taken twice, the row is blocked and its seats are held', async () => {
  expect(await blockWhileHeld(await openOverselling())).toMatchObject({ holds: 6, isBlocked: true });
});
