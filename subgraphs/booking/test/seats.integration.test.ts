import { ANONYMOUS } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ask, book, hold, key, seatsOf } from './operations.ts';
import { type BookingHarness, customer, openBooking, scheduledShow } from './harness.ts';

const SEAT = '{ id section row number accessible status tier { id name price { amount currency } } }';
const BOOKING = `query($id: ID!) { result: booking(id: $id) { seats ${SEAT} tickets { seat ${SEAT} } } }`;
const HOLD = `mutation($input: HoldSeatsInput!) {
  result: holdSeats(input: $input) { ... on HoldSeatsPayload { hold { seats ${SEAT} } } }
}`;
const CHANGES = `subscription($showId: ID!) { seatMapChanged(showId: $showId) { seats ${SEAT} } }`;
const TICKETS = `query($users: [_Any!]!) { result: _entities(representations: $users) { ... on User {
  bookings { edges { node { seats { status } tickets { seat { status accessible tier { name } } } } } } } } }`;

const alice = customer();

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

async function bookedShow() {
  const show = await scheduledShow(harness);
  const seatIds = [show.seat('A', 1), show.seat('A', 2)];
  const { hold: held } = await hold(harness.subgraph, alice, show.showId, seatIds);
  const { booking } = await book(harness.subgraph, alice, held.id);
  await harness.pay({ bookingId: booking.id, customerId: alice.userId });
  return { ...show, bookingId: booking.id };
}

test('a seat is the same wherever it is read', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const changes = await harness.subgraph.subscribe({ query: CHANGES, variables: { showId }, caller: ANONYMOUS });
  if (!(Symbol.asyncIterator in changes)) throw new Error(JSON.stringify(changes.errors));
  const change = changes.next();
  const input = { showId, seatIds: [seat('B', 1)], idempotencyKey: key() };
  const held = await ask<{ hold: object }>(harness.subgraph, alice, HOLD, { input });
  const expected = {
    ...{ id: seat('B', 1), section: 'Balcony', row: 'B', number: 1, accessible: false, status: 'HELD' },
    tier: { id: `${showId}_t2`, name: 'Premium', price: { amount: 1_500, currency: 'GBP' } },
  };
  expect(held).toEqual({ hold: { seats: [expected] } });
  expect((await change).value?.data).toEqual({ seatMapChanged: { seats: [expected] } });
  await changes.return?.();
  expect((await seatsOf(harness.subgraph, showId)).seats).toContainEqual(expected);
});

test('a seat’s status is that of the show now, also in a booking and on a ticket', async () => {
  const { showId, bookingId, seat } = await bookedShow();
  const read = () => ask(harness.subgraph, alice, BOOKING, { id: bookingId });
  const sold = [1, 2].map((number) => ({ id: seat('A', number), status: 'SOLD', tier: { name: 'Standard' } }));
  expect(await read()).toMatchObject({ seats: sold, tickets: sold.map((each) => ({ seat: each })) });
  await harness.database.seatClaim.deleteMany({ where: { showId } });
  expect(await read()).toMatchObject({
    tickets: [{ seat: { status: 'AVAILABLE' } }, { seat: { status: 'AVAILABLE' } }],
  });
});

test('the statuses and tiers of the seats of many bookings take one statement each', async () => {
  for (let count = 0; count < 3; count += 1) await bookedShow();
  const users = [{ __typename: 'User', id: alice.userId }];
  const sent = await harness.statements.during(() => ask(harness.subgraph, alice, TICKETS, { users }));
  expect(sent.filter((sql) => sql.includes('FROM seat_claims WHERE (expires_at'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('title_id AS "titleId"'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('seat_layouts'))).toEqual([]);
});

test('a seat of another show on the same screen cannot be held, nor can the id that the layout has of a seat', async () => {
  const early = await scheduledShow(harness);
  const late = await scheduledShow(harness, { layoutId: early.layoutId });
  for (const seatId of [late.seat('A', 1), early.layoutSeat('A', 1), `${early.showId}-`]) {
    const refused = await hold(harness.subgraph, alice, early.showId, [early.seat('A', 2), seatId]);
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.seatIds' });
  }
  expect((await seatsOf(harness.subgraph, early.showId)).availability).toMatchObject({ available: 12 });
});
