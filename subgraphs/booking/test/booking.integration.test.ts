import { newId } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ask, book, BOOKING_QUERY, hold, key, read, seatsOf } from './operations.ts';
import { bookingStage, customer, scheduledShow, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await bookingStage();
});

const alice = customer();
const bob = customer();

async function pendingBooking(who = alice) {
  const show = await scheduledShow(stage);
  const held = await hold(stage.booking, who, show.showId, [show.seat('A', 1), show.seat('A', 2)]);
  const { booking } = await book(stage.booking, who, held.hold.id);
  return { ...show, booking, holdId: held.hold.id as string };
}

async function pay(bookingId: string, { paymentId = newId('pay'), amount = 2_144, currency = 'GBP' } = {}) {
  await stage.tell('payment.succeeded', {
    paymentId,
    bookingId,
    customerId: alice.userId,
    amount: { amount, currency },
    purpose: 'BOOKING',
    method: 'CARD',
  });
  return paymentId;
}

/** Moves the deadlines of a booking into the past, as time would. */
async function letExpire(bookingId: string): Promise<void> {
  await stage.database.$executeRaw`UPDATE bookings SET expires_at = now() - interval '1 s' WHERE id = ${bookingId}`;
  await stage.database
    .$executeRaw`UPDATE seat_claims SET expires_at = now() - interval '1 s' WHERE booking_id = ${bookingId}`;
}

const told = async (type: string, id: string) =>
  (await stage.database.outboxEvent.findMany({ where: { type, key: id } })).map(({ payload }) => payload);

test('a booking takes the hold over, with its price, its deadline and its first event', async () => {
  const { booking, showId, holdId, seat } = await pendingBooking();
  expect(booking).toMatchObject({
    status: 'PENDING_PAYMENT',
    price: {
      subtotal: { amount: 2_000 },
      fees: { amount: 120 },
      tax: { amount: 24 },
      total: { amount: 2_144, currency: 'GBP' },
    },
    tickets: [],
    timeline: [{ type: 'REQUESTED' }],
    customer: { id: alice.userId },
    show: { id: showId },
  });
  expect(Date.parse(booking.expiresAt)).toBeGreaterThan(Date.now() + 800_000);
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('HELD');
  expect(await told('booking.requested', booking.id)).toMatchObject([
    { total: { amount: 2_144 }, customerId: alice.userId },
  ]);
  expect(await book(stage.booking, alice, holdId)).toMatchObject({ __typename: 'HoldExpiredError' });
});

test('nobody books another’s hold, an unknown one or an expired one', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const { hold: held } = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  expect(await book(stage.booking, bob, held.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await book(stage.booking, alice, 'lon_hld_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  await stage.database.$executeRaw`UPDATE seat_holds SET expires_at = now() WHERE id = ${held.id}`;
  expect(await book(stage.booking, alice, held.id)).toMatchObject({ __typename: 'HoldExpiredError' });
});

test('the same request books once, also ten times at once', async () => {
  const { showId, seat } = await scheduledShow(stage);
  const { hold: held } = await hold(stage.booking, alice, showId, [seat('A', 1)]);
  const same = key();
  const answers = await Promise.all(Array.from({ length: 10 }, () => book(stage.booking, alice, held.id, same)));
  expect(new Set(answers.map((answer) => answer.booking?.id)).size).toBe(1);
  expect(await stage.database.booking.count({ where: { showId } })).toBe(1);
});

test('a payment confirms the booking: tickets with codes, seats sold, told to the others', async () => {
  const { booking, showId, seat } = await pendingBooking();
  await pay(booking.id);
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({
    status: 'CONFIRMED',
    tickets: [
      {
        status: 'ISSUED',
        seat: { id: seat('A', 1), row: 'A', number: 1 },
        qrCode: expect.stringMatching(/^MQ1\.lon_tkt_/),
      },
      { status: 'ISSUED', seat: { id: seat('A', 2), row: 'A', number: 2 } },
    ],
    timeline: [{ type: 'REQUESTED' }, { type: 'CONFIRMED' }],
  });
  expect((await seatsOf(stage.booking, showId)).availability).toMatchObject({ sold: 2, held: 0 });
  expect(await told('booking.confirmed', booking.id)).toMatchObject([
    { previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis', seats: ['A1', 'A2'], timeZone: 'Europe/London' },
  ]);
});

test('the same payment told twice changes nothing; a second payment goes back', async () => {
  const { booking } = await pendingBooking();
  const paymentId = await pay(booking.id);
  await pay(booking.id, { paymentId });
  expect(await told('booking.refund-required', booking.id)).toEqual([]);
  const second = await pay(booking.id);
  expect(await told('booking.refund-required', booking.id)).toMatchObject([
    { paymentId: second, amount: { amount: 2_144 } },
  ]);
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}] });
});

test('a payment of another amount goes back and confirms nothing', async () => {
  const { booking } = await pendingBooking();
  await pay(booking.id, { amount: 1 });
  expect(await told('booking.refund-required', booking.id)).toMatchObject([{ amount: { amount: 1 } }]);
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({ status: 'PENDING_PAYMENT', tickets: [] });
});

test('a late payment takes the seats again when they are free', async () => {
  const { booking, showId } = await pendingBooking();
  await letExpire(booking.id);
  await expect
    .poll(async () => (await read(stage.booking, alice, booking.id)).status, { timeout: 5_000 })
    .toBe('EXPIRED');
  expect((await seatsOf(stage.booking, showId)).availability).toMatchObject({ available: 12 });
  await pay(booking.id);
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}] });
});

test('a late payment whose seats are gone goes back whole, and the new owner keeps the seats', async () => {
  const { booking, showId, seat } = await pendingBooking();
  await letExpire(booking.id);
  await hold(stage.booking, bob, showId, [seat('A', 2)]);
  await pay(booking.id);
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({ status: 'EXPIRED', tickets: [] });
  expect(await told('booking.refund-required', booking.id)).toMatchObject([
    { amount: { amount: 2_144, currency: 'GBP' } },
  ]);
  expect((await seatsOf(stage.booking, showId)).statuses).toMatchObject({
    [seat('A', 1)]: 'AVAILABLE',
    [seat('A', 2)]: 'HELD',
  });
});

test('a late payment buys nothing once the show has begun, and goes back; one in time still buys', async () => {
  const late = await pendingBooking();
  const inTime = await pendingBooking();
  await letExpire(late.booking.id);
  for (const { showId } of [late, inTime]) {
    await stage.database.$executeRaw`UPDATE shows SET starts_at = now() - interval '1 s' WHERE id = ${showId}`;
  }
  await Promise.all([late, inTime].map(({ booking }) => pay(booking.id)));
  expect(await read(stage.booking, alice, late.booking.id)).toMatchObject({ status: 'EXPIRED', tickets: [] });
  expect(await told('booking.refund-required', late.booking.id)).toMatchObject([{ amount: { amount: 2_144 } }]);
  expect(await read(stage.booking, alice, inTime.booking.id)).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}] });
});

test('what went back of a payment that did not buy the booking is not taken off what it sold', async () => {
  const [before, after] = [await pendingBooking(), await pendingBooking()];
  const giveBack = (bookingId: string) =>
    stage.tell('payment.refunded', {
      ...{ refundId: newId('rfd'), paymentId: newId('pay'), bookingId, customerId: alice.userId },
      amount: { amount: 2_144, currency: 'GBP' },
    });
  await giveBack(before.booking.id);
  await pay(before.booking.id);
  await pay(after.booking.id);
  await giveBack(after.booking.id);
  for (const { booking } of [before, after]) {
    expect(await read(stage.booking, alice, booking.id)).toMatchObject({
      status: 'CONFIRMED',
      price: { refunded: { amount: 0 } },
      timeline: expect.arrayContaining([expect.objectContaining({ type: 'REFUNDED' })]),
    });
  }
});

test('a refund is added to the booking’s price and its timeline', async () => {
  const { booking } = await pendingBooking();
  const paymentId = await pay(booking.id);
  const refund = { refundId: newId('rfd'), paymentId, bookingId: booking.id, customerId: alice.userId };
  await stage.tell('payment.refunded', { ...refund, amount: { amount: 500, currency: 'GBP' } });
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({
    price: { refunded: { amount: 500 } },
    timeline: [{}, {}, { type: 'REFUNDED' }],
  });
});

test('a refused payment is noted and leaves the seats to try again', async () => {
  const { booking, showId, seat } = await pendingBooking();
  const failed = {
    paymentId: newId('pay'),
    bookingId: booking.id,
    customerId: alice.userId,
    purpose: 'BOOKING' as const,
  };
  await stage.tell('payment.failed', {
    ...failed,
    amount: { amount: 2_144, currency: 'GBP' },
    declineCode: 'insufficient_funds',
  });
  expect(await read(stage.booking, alice, booking.id)).toMatchObject({
    status: 'PENDING_PAYMENT',
    timeline: [{}, { type: 'PAYMENT_FAILED' }],
  });
  expect((await seatsOf(stage.booking, showId)).statuses[seat('A', 1)]).toBe('HELD');
});

test('a booking is shown to its customer and to support, and to nobody else', async () => {
  const { booking } = await pendingBooking();
  expect(await read(stage.booking, bob, booking.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await read(stage.booking, { kind: 'anonymous' }, booking.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await read(stage.booking, customer(undefined, ['bookings:read']), booking.id)).toMatchObject({
    id: booking.id,
  });
  expect(await ask(stage.booking, alice, BOOKING_QUERY, { id: 'nonsense' })).toBeNull();
  const entity = 'query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Booking { id status } } }';
  const stolen = await ask(stage.booking, bob, entity, { ids: [{ __typename: 'Booking', id: booking.id }] });
  expect(stolen).toMatchObject({ code: 'FORBIDDEN' });
});

test('what is due is told to another subgraph and to no person', async () => {
  const { booking } = await pendingBooking();
  const query = 'query($id: ID!) { result: payableBooking(id: $id) { id customerId total { amount } titleName } }';
  const service = { kind: 'service', name: 'payments' } as const;
  expect(await ask(stage.booking, service, query, { id: booking.id })).toMatchObject({
    customerId: alice.userId,
    total: { amount: 2_144 },
  });
  expect(await ask(stage.booking, alice, query, { id: booking.id })).toMatchObject({ code: 'FORBIDDEN' });
});

test('history cannot be rewritten', async () => {
  const { booking } = await pendingBooking();
  const rewrite = stage.database
    .$executeRaw`UPDATE booking_events SET type = 'EXPIRED' WHERE booking_id = ${booking.id}`;
  await expect(rewrite).rejects.toThrow(/append-only/);
});

test('a customer lists bookings latest first, page by page, by a constant number of statements', async () => {
  const carol = customer();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.unshift((await pendingBooking(carol)).booking.id);
  const query = `query($ids: [_Any!]!, $after: String) { result: _entities(representations: $ids) { ... on User {
    bookings(first: 3, after: $after, status: [PENDING_PAYMENT]) {
      totalCount edges { cursor node { id tickets { id } timeline { type } } } pageInfo { hasNextPage endCursor } } } } }`;
  const user = [{ __typename: 'User', id: carol.userId }];
  type Page = { bookings: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } };
  let pages: Page[] = [];
  const sent = await stage.statements.during(async () => {
    pages = await ask<Page[]>(stage.booking, carol, query, { ids: user });
  });
  const first = pages[0]?.bookings;
  expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
  const [next] = await ask<Page[]>(stage.booking, carol, query, { ids: user, after: first?.pageInfo.endCursor });
  const listed = [...(first?.edges ?? []), ...(next?.bookings.edges ?? [])].map(({ node }) => node.id);
  expect(listed).toEqual(ids);
  expect(
    sent.filter((sql) => /FROM (bookings WHERE customer|"public"\."(tickets|booking_events|bookings)")/.test(sql)),
  ).toHaveLength(4);
  const stolen = await ask(stage.booking, alice, query, { ids: user });
  expect(stolen).toMatchObject({ code: 'FORBIDDEN' });
  const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  const now = new Date().toISOString();
  for (const after of ['x', cursor('soon', 'x'), cursor('now', 'x'), cursor(now, 1), cursor(now, '\u0000')]) {
    const forged = await ask(stage.booking, carol, query, { ids: user, after });
    expect(forged).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  }
});
