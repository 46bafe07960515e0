import type { UserCaller } from '@marquee/subgraph';
import { eventually, happens, testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { auditBookings } from '../src/adapters/booking-audit.ts';
import { cancel } from './cancelling.ts';
import { openForgetful } from './disarmed.ts';
import { type BookingHarness, customer, inDays, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { ask, book, hold, key, read, seatsOf } from './operations.ts';

const harness = await openBooking();
const { subgraph, database } = harness;
const alice = customer();

const RESCHEDULE = `mutation($input: RescheduleBookingInput!) {
  result: rescheduleBooking(input: $input) { __typename ... on UserError { message } ... on SeatUnavailableError { seatIds }
    ... on RescheduleBookingPayload { priceDifference { amount currency } booking { id status show { id }
      pendingReschedule { show { id } seats { id } priceDifference { amount } expiresAt }
      tickets { id status seat { id } } price { total { amount } refunded { amount } } } } } }`;

interface Rescheduled {
  readonly __typename: string;
  readonly code?: string;
  readonly priceDifference: { readonly amount: number };
}

const reschedule = (
  who: UserCaller,
  bookingId: string,
  showId: string,
  seatIds: readonly string[],
  again = key(),
  world: BookingHarness = harness,
) =>
  ask<Rescheduled>(world.subgraph, who, RESCHEDULE, { input: { bookingId, showId, seatIds, idempotencyKey: again } });

async function booked(row: 'A' | 'B' = 'A', who = alice, world: BookingHarness = harness) {
  const show = await scheduledShow(world);
  const held = await hold(world.subgraph, who, show.showId, [show.seat(row, 1), show.seat(row, 2)]);
  const { booking } = await book(world.subgraph, who, held.hold.id);
  const { id, price } = booking;
  const paymentId = await world.pay({ bookingId: id, customerId: who.userId, amount: price.total });
  return { ...show, id, paymentId, total: price.total.amount };
}

const emitted = async (type: string, id: string, world: BookingHarness = harness) =>
  (await world.database.outboxEvent.findMany({ where: { type, key: id }, orderBy: { seq: 'asc' } })).map(
    ({ payload }) => payload,
  );

const row = (id: string) => database.booking.findFirstOrThrow({ where: { id } });
const two = (show: TestShow, of: string) => [show.seat(of, 1), show.seat(of, 2)];
const payDifference = (id: string, amount: number) =>
  harness.pay({ bookingId: id, customerId: alice.userId, amount: { amount, currency: 'GBP' } });

test('a booking moves to a cheaper show at once: new tickets, old seats free, the difference back', async () => {
  const { id, showId, paymentId, total } = await booked('B');
  const to = await scheduledShow(harness);
  const input = key();
  const answers = [];
  answers.push(await reschedule(alice, id, to.showId, two(to, 'A'), input));
  answers.push(await reschedule(alice, id, to.showId, two(to, 'A'), input));
  const difference = 2_144 - total;
  for (const answer of answers) {
    expect(answer).toMatchObject({
      __typename: 'RescheduleBookingPayload',
      priceDifference: { amount: difference, currency: 'GBP' },
      booking: {
        status: 'CONFIRMED',
        show: { id: to.showId },
        pendingReschedule: null,
        price: { total: { amount: 2_144 } },
      },
    });
  }
  expect((await seatsOf(subgraph, showId)).availability).toMatchObject({ available: 12, sold: 0 });
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ available: 10, sold: 2 });
  const tickets = await database.ticket.findMany({ where: { bookingId: id } });
  expect(tickets.map(({ showId: of, status }) => [of, status]).toSorted()).toEqual(
    [showId, showId, to.showId, to.showId].map((of) => [of, of === showId ? 'CANCELLED' : 'ISSUED']).toSorted(),
  );
  expect(await emitted('booking.refund-required', id)).toMatchObject([
    { paymentId, amount: { amount: -difference }, refundTo: 'SOURCE' },
  ]);
  const refund = { bookingId: id, customerId: alice.userId, paymentId, refundId: 'rfd_1' };
  await harness.deliver('payment.refunded', { ...refund, amount: { amount: -difference, currency: 'GBP' } });
  expect(await row(id)).toMatchObject({ refunded: 0n, total: 2_144n });
  // Cancelling gives back only what is left.
  expect(await cancel(subgraph, alice, id)).toMatchObject({ refund: { amount: 2_144 } });
});

test('seats that cost more are kept until the difference is paid, and the tickets stay valid until then', async () => {
  const { id, showId, paymentId, total } = await booked('A');
  const to = await scheduledShow(harness);
  const { priceDifference } = await reschedule(alice, id, to.showId, two(to, 'B'));
  expect(priceDifference.amount).toBeGreaterThan(0);
  expect(await read(subgraph, alice, id)).toMatchObject({ tickets: [{ status: 'ISSUED' }, { status: 'ISSUED' }] });
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ held: 2 });
  expect(await emitted('booking.reschedule-requested', id)).toMatchObject([
    { total: { amount: priceDifference.amount }, showId: to.showId, requestNumber: 3 },
  ]);
  expect(await reschedule(alice, id, to.showId, two(to, 'A'))).toMatchObject({ __typename: 'RescheduleClosedError' });
  const second = await payDifference(id, priceDifference.amount);
  expect(await row(id)).toMatchObject({ showId: to.showId, total: BigInt(total + priceDifference.amount) });
  expect((await seatsOf(subgraph, showId)).availability).toMatchObject({ available: 12 });
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ sold: 2, held: 0 });
  await cancel(subgraph, alice, id);
  expect(await emitted('booking.refund-required', id)).toMatchObject([
    { paymentId, amount: { amount: total } },
    { paymentId: second, amount: { amount: priceDifference.amount } },
  ]);
});

test('seats are kept without paying for no longer than by holds, however often a move is asked for', async () => {
  const { id } = await booked('A');
  const to = await scheduledShow(harness);
  const spent = () =>
    database.holdBudget.updateMany({ where: { showId: to.showId }, data: { heldUntil: new Date(0) } });
  for (let time = 1; time <= 2; time += 1) {
    const answer = await reschedule(alice, id, to.showId, two(to, 'B'));
    expect(answer).toMatchObject({ __typename: 'RescheduleBookingPayload' });
    await database.$executeRaw`UPDATE bookings SET pending_reschedule = pending_reschedule || '{"expiresAt": "2020-01-01T00:00:00.000Z"}'
      WHERE id = ${id}`;
    await eventually(async () => expect((await row(id)).pendingReschedule).toBeNull());
    await spent();
  }
  expect(await reschedule(alice, id, to.showId, two(to, 'B'))).toMatchObject({
    __typename: 'RescheduleClosedError',
    message: expect.stringContaining('without paying'),
  });
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ held: 0 });
  // A move that costs nothing more keeps no seats unpaid.
  expect(await reschedule(alice, id, to.showId, two(to, 'A'))).toMatchObject({
    __typename: 'RescheduleBookingPayload',
    booking: { show: { id: to.showId } },
  });
});

test.each([
  ['A', 1],
  ['B', 2],
] as const)('a move takes no seats that others wait for, whatever they cost (row %s)', async (of, tier) => {
  const { id } = await booked('A');
  const to = await scheduledShow(harness);
  const entry = {
    id: `${to.showId}_wle`,
    cityCode: 'lon',
    showId: to.showId,
    customerId: customer().userId,
    partySize: 10,
  };
  await database.waitlistEntry.create({ data: { ...entry, tierId: `${to.showId}_t${tier}`, emailVerified: true } });
  expect(await reschedule(alice, id, to.showId, two(to, of))).toMatchObject({
    __typename: 'SeatUnavailableError',
    message: expect.stringContaining('waiting'),
  });
  await database.waitlistEntry.updateMany({ where: { id: entry.id }, data: { status: 'LEFT' } });
  expect(await reschedule(alice, id, to.showId, two(to, of))).toMatchObject({ __typename: 'RescheduleBookingPayload' });
});

test('when the difference is not paid in time nothing has changed, and a payment that arrives late is refunded', async () => {
  const { id, showId } = await booked('A');
  const to = await scheduledShow(harness);
  const { priceDifference } = await reschedule(alice, id, to.showId, two(to, 'B'));
  await database.$executeRaw`UPDATE bookings SET pending_reschedule = pending_reschedule || '{"expiresAt": "2020-01-01T00:00:00.000Z"}'
    WHERE id = ${id}`;
  await eventually(async () =>
    expect(await row(id)).toMatchObject({ pendingReschedule: null, showId, status: 'CONFIRMED' }),
  );
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ available: 12, held: 0 });
  expect(await emitted('booking.reschedule-expired', id)).toHaveLength(1);
  const late = await payDifference(id, priceDifference.amount);
  expect(await emitted('booking.refund-required', id)).toMatchObject([{ paymentId: late }]);
  expect(await row(id)).toMatchObject({ showId, status: 'CONFIRMED' });
});

test('a ticket that was used while the difference was being paid keeps the booking where it is', async () => {
  const { id, showId } = await booked('A');
  const to = await scheduledShow(harness);
  const { priceDifference } = await reschedule(alice, id, to.showId, two(to, 'B'));
  await database.ticket.updateMany({
    where: { bookingId: id },
    data: { status: 'CHECKED_IN', checkedInAt: new Date() },
  });
  const paid = await payDifference(id, priceDifference.amount);
  expect(await row(id)).toMatchObject({ showId, pendingReschedule: null });
  expect(await emitted('booking.refund-required', id)).toMatchObject([{ paymentId: paid }]);
  expect((await seatsOf(subgraph, to.showId)).availability).toMatchObject({ available: 12 });
});

test.each(['is cancelled', 'moves to another screen'])(
  'when the other show %s while the difference is being paid, the booking stays where it is, and the payment is refunded',
  async (what) => {
    const { id, showId } = await booked('A');
    const [to, elsewhere] = [await scheduledShow(harness), await scheduledShow(harness)];
    const { priceDifference } = await reschedule(alice, id, to.showId, two(to, 'B'));
    const change = what === 'is cancelled' ? { cancelledAt: new Date() } : { layoutId: elsewhere.layoutId };
    await database.show.updateMany({ where: { id: to.showId }, data: change });
    const paid = await payDifference(id, priceDifference.amount);
    expect(await row(id)).toMatchObject({ showId, status: 'CONFIRMED', pendingReschedule: null });
    expect(await emitted('booking.refund-required', id)).toMatchObject([{ paymentId: paid }]);
  },
);

/** Moves two bookings to the same two seats at once. */
async function raceForSeats(world: BookingHarness = harness) {
  const bob = customer();
  const [first, second] = [await booked('A', alice, world), await booked('A', bob, world)];
  const to = await scheduledShow(world);
  const answers = await Promise.all([
    reschedule(alice, first.id, to.showId, two(to, 'A'), key(), world),
    reschedule(bob, second.id, to.showId, two(to, 'A'), key(), world),
  ]);
  return { ids: [first.id, second.id], showId: to.showId, answers: answers.map(({ __typename }) => __typename) };
}

test('of two bookings that move to the same seats one gets them, and the other stays as it was', async () => {
  const { ids, showId, answers } = await raceForSeats();
  expect(answers.toSorted()).toEqual(['RescheduleBookingPayload', 'SeatUnavailableError']);
  expect(await database.ticket.count({ where: { showId, status: 'ISSUED' } })).toBe(2);
  expect(await database.booking.count({ where: { id: { in: ids }, showId } })).toBe(1);
});

test('control: without the guards both bookings move to the same seats', async () => {
  const { url } = await testDatabase('booking');
  const world = await openBooking({ databaseUrl: url, start: false });
  await world.database.$executeRaw`DROP INDEX tickets_one_live_a_seat`;
  await world.database.$executeRaw`ALTER TABLE bookings DROP CONSTRAINT bookings_all_or_none`;
  const { showId } = await raceForSeats(world);
  expect(await world.database.ticket.count({ where: { showId, status: 'ISSUED' } })).toBe(4);
});

/** Moves a booking and cancels it at once. @returns the amounts that are given back, and the seats that it has */
async function moveAndCancel(world: BookingHarness = harness) {
  const { id, showId, total } = await booked('A', alice, world);
  const to = await scheduledShow(world);
  const moved = reschedule(alice, id, to.showId, two(to, 'A'), key(), world);
  await Promise.all([moved, cancel(world.subgraph, alice, id)]);
  const refunds = (await emitted('booking.refund-required', id, world)) as { amount: { amount: number } }[];
  const seats = await world.database.seatClaim.count({ where: { showId: { in: [showId, to.showId] } } });
  return { total, seats, refunds: refunds.map(({ amount }) => amount.amount) };
}

test('a booking that is moved and cancelled at once is refunded once, with or without the seats it moved to', async () => {
  const { total, refunds, seats } = await moveAndCancel();
  expect([
    { refunds: [total], seats: 0 },
    { refunds: [], seats: 2 },
  ]).toContainEqual({ refunds, seats });
});

test('control: a booking that does not say that it has changed is refunded, and keeps the seats it moved to', async () => {
  const forgetful = await openForgetful();
  const bothHappen = async () => {
    const { total, refunds, seats } = await moveAndCancel(forgetful);
    return refunds[0] === total && seats === 2;
  };
  expect(await happens(bothHappen)).toBe(true);
});

test('only the customer moves a paid booking, to as many seats in a related show, while its best terms last', async () => {
  const { id, showId, seat } = await booked('A');
  const to = await scheduledShow(harness);
  const codes = await Promise.all([
    reschedule(customer(), id, to.showId, two(to, 'A')),
    reschedule(alice, id, to.showId, [to.seat('A', 1)]),
    reschedule(alice, id, showId, [seat('A', 3), seat('A', 4)]),
    reschedule(alice, id, 'lon_shw_unknown', two(to, 'A')),
  ]);
  expect(codes.map(({ code }) => code)).toEqual(['FORBIDDEN', 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'NOT_FOUND']);
  await database.show.updateMany({ where: { id: to.showId }, data: { organisationId: 'org_other' } });
  expect(await reschedule(alice, id, to.showId, two(to, 'A'))).toMatchObject({ code: 'BAD_USER_INPUT' });
  await database.show.updateMany({ where: { id: showId }, data: { startsAt: inDays(0.5) } });
  const other = await scheduledShow(harness);
  expect(await reschedule(alice, id, other.showId, two(other, 'A'))).toMatchObject({
    __typename: 'RescheduleClosedError',
  });
});

test.each([
  ['cost as much', 'A'],
  ['cost more', 'B'],
])('the booking of a blocked person is not moved to seats that %s', async (_cost, to) => {
  const who = customer();
  const { id, showId } = await booked('A', who);
  const other = await scheduledShow(harness);
  const tell = (level: 'BLOCK' | 'NONE', version: number) =>
    harness.deliver('activity.risk-changed', { userId: who.userId, version, level, reasons: [], until: null });
  const move = () => reschedule(who, id, other.showId, two(other, to));
  await tell('BLOCK', 1);
  expect(await move()).toMatchObject({ __typename: 'AccountRestrictedError' });
  expect(await row(id)).toMatchObject({ showId, pendingReschedule: null });
  await tell('NONE', 2);
  expect(await move()).toMatchObject({ __typename: 'RescheduleBookingPayload' });
});

test('the events of bookings that move give their rows', async () => {
  const { id } = await booked('A');
  const to = await scheduledShow(harness);
  const { priceDifference } = await reschedule(alice, id, to.showId, two(to, 'B'));
  await payDifference(id, priceDifference.amount);
  const back = await scheduledShow(harness);
  await reschedule(alice, id, back.showId, two(back, 'A'));
  const more = await scheduledShow(harness);
  await reschedule(alice, id, more.showId, two(more, 'B'));
  const found = [];
  for await (const { differing } of auditBookings(database)) found.push(...differing);
  expect(found).toEqual([]);
});

test('a booking whose policy keeps a share is not moved to cheaper seats, which would give back more', async () => {
  const { id } = await booked('B');
  const [cheaper, same] = [await scheduledShow(harness), await scheduledShow(harness)];
  const cancellationTiers = [{ hoursBefore: 24, refundPercent: 50 }];
  await database.booking.updateMany({ where: { id }, data: { cancellationTiers } });
  expect(await reschedule(alice, id, cheaper.showId, two(cheaper, 'A'))).toMatchObject({
    __typename: 'RescheduleClosedError',
  });
  expect(await reschedule(alice, id, same.showId, two(same, 'B'))).toMatchObject({
    __typename: 'RescheduleBookingPayload',
  });
});
