import { randomUUID } from 'node:crypto';
import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-booking';
import { newId, type UserCaller } from '@marquee/subgraph';
import { processRegistry } from '@marquee/telemetry';
import { expect, test } from 'vitest';

import { auditBookings } from '../src/adapters/booking-audit.ts';
import { BookingReviewRepository, decideStatement, observeBookingReviews } from '../src/adapters/booking-reviews.ts';
import { BookingRepository } from '../src/adapters/bookings.ts';
import { cancel } from './cancelling.ts';
import { customer, openBooking, scheduledShow } from './harness.ts';
import { ask, book, hold, key, read } from './operations.ts';

// Not started: the events of a test stay in the outbox.
const harness = await openBooking({ start: false });
const { subgraph, database } = harness;
const agent = customer(undefined, ['payments:refund', 'bookings:read']);
const TOTAL = { amount: 2_144, currency: 'GBP' };

const LIST = `query($first: Int, $after: String) { result: bookingReviews(first: $first, after: $after) {
  edges { cursor node { booking { id status } failedRefunds { refundId paymentId amount { amount currency } } outcomes } }
  pageInfo { hasNextPage } } }`;
const DECIDE = `mutation($input: DecideBookingReviewInput!) { result: decideBookingReview(input: $input) { __typename
  ... on UserError { message } ... on DecideBookingReviewPayload { booking { id status tickets { id status } timeline { type } } } } }`;

interface Listed {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly booking: { readonly id: string } } }[];
}

const list = (caller = agent, page: Record<string, unknown> = { first: 100 }) =>
  ask<Listed>(subgraph, caller, LIST, page);
const decide = (bookingId: string, input: object = {}, caller = agent) =>
  ask(subgraph, caller, DECIDE, {
    input: { bookingId, outcome: 'REFUND', reason: 'The card is closed', idempotencyKey: key(), ...input },
  });

async function booked(who: UserCaller = customer()) {
  const show = await scheduledShow(harness);
  const { seat, showId } = show;
  const held = await hold(subgraph, who, showId, [seat('A', 1), seat('A', 2)]);
  const { booking } = await book(subgraph, who, held.hold.id);
  return { ...show, who, bookingId: booking.id, customerId: who.userId };
}

/** A booking that was paid after its seats were gone, and whose payment cannot be refunded. */
async function unrefunded(who?: UserCaller) {
  const of = await booked(who);
  await harness.letExpire(of.showId);
  const rival = customer();
  const taken = await hold(subgraph, rival, of.showId, [of.seat('A', 2)]);
  const paymentId = await harness.pay(of);
  const free = () =>
    ask(subgraph, rival, `mutation($id: ID!) { result: releaseHold(holdId: $id) { __typename } }`, {
      id: taken.hold.id,
    });
  return { ...of, paymentId, free, refundId: await refundFails(of, paymentId) };
}

async function refundFails(of: { bookingId: string; customerId: string }, paymentId: string, amount = TOTAL) {
  const { bookingId, customerId } = of;
  const refundId = newId('rfd');
  await harness.deliver('payment.refund-failed', { refundId, paymentId, bookingId, customerId, amount });
  return refundId;
}

/** The fields of rows that events do not give, but for the deadlines that a test has moved. */
async function differing(): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of auditBookings(database))
    found.push(...batch.differing.flatMap(({ differences }) => differences));
  return found.filter((field) => field !== 'expiresAt');
}

const emitted = async (type: string, bookingId: string) =>
  (await database.outboxEvent.findMany({ where: { type, key: bookingId } })).map(({ payload }) => payload);
const decisionsOn = (bookingId: string) =>
  database.bookingEvent.findMany({ where: { bookingId, type: 'REVIEW_DECIDED' } });

test('a late payment without seats whose refund is refused awaits a decision', async () => {
  const { bookingId, who, refundId, paymentId } = await unrefunded();
  expect(await read(subgraph, who, bookingId)).toMatchObject({ status: 'NEEDS_REVIEW' });
  const { edges } = await list();
  expect(edges.find(({ node }) => node.booking.id === bookingId)?.node).toEqual({
    booking: { id: bookingId, status: 'NEEDS_REVIEW' },
    failedRefunds: [{ refundId, paymentId, amount: TOTAL }],
    outcomes: ['GIVE_TICKETS', 'REFUND', 'CLOSE'],
  });
  expect(await emitted('booking.review-required', bookingId)).toMatchObject([{ previousStatus: 'EXPIRED' }]);
  expect(await differing()).toEqual([]);
});

test('bookings to decide on are listed page by page', async () => {
  const ids = [(await unrefunded()).bookingId, (await unrefunded()).bookingId];
  const first = await list(agent, { first: 1 });
  const second = await list(agent, { first: 1, after: first.edges[0]?.cursor });
  expect([...second.edges, ...first.edges].map(({ node }) => node.booking.id)).toEqual(ids);
});

test('the bookings that wait for a decision are exported as a metric', async () => {
  const metrics = processRegistry();
  observeBookingReviews(new BookingReviewRepository(database, { maxSeatsPerCustomer: 10 }), { metrics });
  await unrefunded();
  const waiting = await database.$queryRaw<object[]>`SELECT FROM bookings WHERE review IS NOT NULL`;
  expect(await metrics.metrics()).toContain(`marquee_booking_reviews_open ${waiting.length}`);
});

test('a refund is asked for once, and the decision is on record', async () => {
  const { bookingId, customerId, refundId } = await unrefunded();
  const input = { idempotencyKey: key() };
  const answer = await decide(bookingId, input);
  expect(answer).toMatchObject({ booking: { status: 'EXPIRED', tickets: [] } });
  expect(await decide(bookingId, input)).toEqual(answer);
  expect(await decide(bookingId)).toMatchObject({ __typename: 'BookingReviewDecidedError' });
  expect(await emitted('booking.review-decided', bookingId)).toEqual([
    {
      ...{ bookingId, customerId, previousStatus: 'NEEDS_REVIEW' },
      ...{ outcome: 'REFUND', refundIds: [refundId], decidedBy: agent.userId },
    },
  ]);
  expect(await decisionsOn(bookingId)).toMatchObject([
    { data: { outcome: 'REFUND', reason: 'The card is closed', decidedBy: agent.userId } },
  ]);
  expect(await differing()).toEqual([]);
  await harness.deliver('account.erased', { userId: customerId });
  expect(await decisionsOn(bookingId)).toMatchObject([{ data: { outcome: 'REFUND', reason: 'Erased' } }]);
  expect(await differing()).toEqual([]);
});

test('tickets are given once the seats are free, and nothing is decided before', async () => {
  const { bookingId, paymentId, free } = await unrefunded();
  expect(await decide(bookingId, { outcome: 'GIVE_TICKETS' })).toMatchObject({ __typename: 'TicketsUnavailableError' });
  expect(await decisionsOn(bookingId)).toEqual([]);
  await free();
  const given = await decide(bookingId, { outcome: 'GIVE_TICKETS' });
  expect(given).toMatchObject({
    booking: { status: 'CONFIRMED', tickets: [{ status: 'ISSUED' }, { status: 'ISSUED' }] },
  });
  expect(await emitted('booking.confirmed', bookingId)).toMatchObject([{ paymentId }]);
  expect(await emitted('booking.review-decided', bookingId)).toMatchObject([{ outcome: 'GIVE_TICKETS' }]);
  expect(await differing()).toEqual([]);
});

test('a cancelled booking gets its tickets back, unless its show was cancelled', async () => {
  const [kept, off] = [await booked(), await booked()];
  for (const of of [kept, off]) {
    const paymentId = await harness.pay(of);
    await cancel(subgraph, of.who, of.bookingId);
    await refundFails(of, paymentId);
  }
  await database.show.updateMany({ where: { id: off.showId }, data: { cancelledAt: new Date() } });
  expect(await decide(kept.bookingId, { outcome: 'GIVE_TICKETS' })).toMatchObject({ booking: { status: 'CONFIRMED' } });
  expect(await decide(off.bookingId, { outcome: 'GIVE_TICKETS' })).toMatchObject({
    __typename: 'TicketsUnavailableError',
  });
  expect(await differing()).toEqual([]);
  expect(await cancel(subgraph, kept.who, kept.bookingId)).toMatchObject({ refund: TOTAL });
});

test('a booking with tickets keeps them while a refund of a second payment is decided on', async () => {
  const of = await booked();
  await harness.pay(of);
  await refundFails(of, await harness.pay(of));
  expect(await read(subgraph, of.who, of.bookingId)).toMatchObject({ status: 'CONFIRMED' });
  expect(await decide(of.bookingId, { outcome: 'GIVE_TICKETS' })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.outcome',
  });
  expect(await decide(of.bookingId, { outcome: 'CLOSE' })).toMatchObject({ booking: { status: 'CONFIRMED' } });
  expect(await differing()).toEqual([]);
});

const staff = () => customer(undefined, ['payments:refund', 'bookings:read']);
const OUTCOMES = ['REFUND', 'GIVE_TICKETS', 'CLOSE', 'REFUND', 'GIVE_TICKETS', 'CLOSE'] as const;

test('of several decisions at once one counts', async () => {
  const { bookingId, free } = await unrefunded();
  await free();
  const answers = await Promise.all(OUTCOMES.map((outcome) => decide(bookingId, { outcome }, staff())));
  const typenames = answers.map(({ __typename }) => __typename).toSorted();
  expect(typenames).toEqual([
    ...Array.from({ length: 5 }, () => 'BookingReviewDecidedError'),
    'DecideBookingReviewPayload',
  ]);
  expect(await decisionsOn(bookingId)).toHaveLength(1);
  expect(await emitted('booking.review-decided', bookingId)).toHaveLength(1);
  expect(await emitted('booking.audited', bookingId)).toHaveLength(1);
  expect(await differing()).toEqual([]);
});

test('control: without the version of the booking, each of several decisions counts', async () => {
  const { bookingId } = await unrefunded();
  const booking = await new BookingRepository(database).find(bookingId);
  if (!booking) throw new Error('no booking');
  const decideUnguarded = (tx: SqlTransaction, decidedBy: string) =>
    tx.$queryRaw(
      decideStatement(
        booking,
        { outcome: 'REFUND', reason: 'Any', decidedBy },
        { caller: decidedBy, operation: 'decideBookingReview', key: randomUUID(), requestHash: '' },
        Prisma.sql`true`,
      ),
    );
  await Promise.all(OUTCOMES.map(() => decideUnguarded(database, newId('usr'))));
  expect(await emitted('booking.review-decided', bookingId)).toHaveLength(OUTCOMES.length);
});

test('an agent sees and decides the reviews of customers with a case alone', async () => {
  const bySupport = customer(undefined, ['payments:refund', 'support:write']);
  const of = await unrefunded();
  const listed = async () => JSON.stringify(await list(bySupport)).includes(of.bookingId);
  expect(await listed()).toBe(false);
  expect(await decide(of.bookingId, {}, bySupport)).toMatchObject({ code: 'FORBIDDEN' });
  const { customerId } = of;
  await harness.deliver('support.case-changed', { ticketId: newId('tic'), customerId, version: 1, resolvedAt: null });
  expect(await listed()).toBe(true);
  expect(await decide(of.bookingId, {}, bySupport)).toMatchObject({ booking: { id: of.bookingId } });
});

test('only support decides, with a reason, and nobody on a booking of their own', async () => {
  const who = staff();
  const { bookingId } = await unrefunded(who);
  for (const mayNot of [customer(), customer(undefined, ['bookings:read'])]) {
    expect(await list(mayNot)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await decide(bookingId, {}, mayNot)).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await decide(bookingId, {}, who)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await decide(bookingId, { reason: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reason' });
  expect(await decide('lon_bkg_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await decisionsOn(bookingId)).toEqual([]);
});
