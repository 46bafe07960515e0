import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-booking';
import { ANONYMOUS } from '@marquee/subgraph';
import { eventually, testDatabase } from '@marquee/testkit';
import { beforeAll, expect, test } from 'vitest';

import { type BookingHarness, customer, lockWaits, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, book, BOOKING_QUERY, hold, holdBest, release, seatsOf } from './operations.ts';

const SECTIONS = `query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Show {
  seatMap { sections { name tier { id } standingCapacity standingAvailable rows { label } } } } } }`;

let harness: BookingHarness;
beforeAll(async () => {
  // Not started: no background job frees what has expired unless a test lets it.
  harness = await openBooking({ start: false });
});

const onFloor = (at: BookingHarness, { showId }: TestShow, quantity: number, who = customer()) =>
  holdBest(at.subgraph, who, showId, quantity, { tierId: `${showId}_t3` });

async function floorOf({ showId }: TestShow) {
  const ids = [{ __typename: 'Show', id: showId }];
  const [show] = await ask<{ seatMap: { sections: object[] } }[]>(harness.subgraph, ANONYMOUS, SECTIONS, { ids });
  return show?.seatMap.sections.at(-1);
}

test('a show with 20,000 standing places counts them, and has a row for none but those that are taken', async () => {
  const show = await scheduledShow(harness, { standing: 20_000 });
  const { hold: held } = await onFloor(harness, show, 3);
  expect(held).toMatchObject({ total: { amount: 2_400 }, seats: [{ section: 'Floor', row: '', number: 1 }, {}, {}] });
  const floor = { name: 'Floor', tier: { id: `${show.showId}_t3` }, rows: [] };
  expect(await floorOf(show)).toEqual({ ...floor, standingCapacity: 20_000, standingAvailable: 19_997 });
  const { availability, seats } = await seatsOf(harness.subgraph, show.showId);
  expect(availability).toEqual({ total: 20_012, available: 20_009, held: 3, sold: 0 });
  expect(seats).toHaveLength(12);
  expect(await harness.database.seatClaim.count({ where: { showId: show.showId } })).toBe(3);
});

test('standing places are booked and paid like seats, each with a ticket, and released like them', async () => {
  const show = await scheduledShow(harness, { standing: 100 });
  const who = customer();
  const { hold: held } = await onFloor(harness, show, 2, who);
  const { booking } = await book(harness.subgraph, who, held.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const found = await ask(harness.subgraph, who, BOOKING_QUERY, { id: booking.id });
  expect(found).toMatchObject({ status: 'CONFIRMED', tickets: [{ seat: { row: '' } }, { seat: { row: '' } }] });
  const { hold: other } = await onFloor(harness, show, 5);
  expect(await floorOf(show)).toMatchObject({ standingAvailable: 93 });
  const owner = await harness.database.seatHold.findFirstOrThrow({ where: { id: other.id } });
  await release(harness.subgraph, { ...who, userId: owner.customerId }, other.id);
  expect(await floorOf(show)).toMatchObject({ standingAvailable: 98 });
});

test('whoever asks for any place sits while seats are left, and stands then', async () => {
  const show = await scheduledShow(harness, { perRow: 1, standing: 2 });
  const { showId } = show;
  expect(await holdBest(harness.subgraph, customer(), showId, 2)).toMatchObject({
    hold: { seats: [{ row: 'A' }, { row: 'B' }] },
  });
  expect(await holdBest(harness.subgraph, customer(), showId, 2)).toMatchObject({
    hold: { seats: [{ row: '' }, { row: '' }] },
  });
  expect(await holdBest(harness.subgraph, customer(), showId, 1)).toMatchObject({
    __typename: 'NotEnoughSeatsError',
    available: 0,
  });
});

test('nobody chooses a standing place by its id', async () => {
  const show = await scheduledShow(harness, { standing: 5 });
  const { hold: held } = await onFloor(harness, show, 1);
  const again = await hold(harness.subgraph, customer(), show.showId, [held.seats[0]?.id ?? '']);
  expect(again).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.seatIds' });
});

test('places past their time are held by others at once, without a sweep; a late payment then gets its money back', async () => {
  const show = await scheduledShow(harness, { standing: 2 });
  const who = customer();
  const { hold: held } = await onFloor(harness, show, 2, who);
  const { booking } = await book(harness.subgraph, who, held.id);
  expect(await onFloor(harness, show, 1)).toMatchObject({ __typename: 'NotEnoughSeatsError', available: 0 });
  await harness.letExpire(show.showId);
  expect(await floorOf(show)).toMatchObject({ standingAvailable: 2 });
  expect(await onFloor(harness, show, 2)).toMatchObject({ __typename: 'HoldSeatsPayload' });
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  expect(await ask(harness.subgraph, who, BOOKING_QUERY, { id: booking.id })).toMatchObject({ status: 'EXPIRED' });
  const refunds = { type: 'booking.refund-required', key: booking.id };
  expect(await harness.database.outboxEvent.count({ where: refunds })).toBe(1);
});

/** Twenty customers at once who want two of the last seven places. @returns the number of places held */
async function race(at: BookingHarness): Promise<number> {
  const show = await scheduledShow(at, { standing: 7 });
  const answers = await at.database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM shows WHERE id = ${show.showId} FOR UPDATE`;
    const requests = Array.from({ length: 20 }, () => onFloor(at, show, 2));
    await eventually(async () => expect(await lockWaits(at)).toBeGreaterThanOrEqual(4));
    // Returned in an object: the requests can only end once this transaction has.
    return { requests };
  });
  await Promise.all(answers.requests);
  return at.database.seatClaim.count({ where: { showId: show.showId, section: 'Floor' } });
}

test('when twenty customers race for the last seven places by two, three of them get theirs', async () => {
  expect(await race(harness)).toBe(6);
});

test('control: without the guard over the count of a section the same race sells more places than there are', async () => {
  const { url } = await testDatabase('booking');
  const database = connect(PrismaClient, { url });
  await database.$executeRaw`ALTER TABLE seat_counts DROP CONSTRAINT seat_counts_within_total`;
  await database.$disconnect();
  expect(await race(await openBooking({ databaseUrl: url, start: false }))).toBeGreaterThan(7);
});
