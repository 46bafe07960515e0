import type { PayloadOf } from '@marquee/events';
import { newId } from '@marquee/subgraph';
import { beforeAll, expect, test } from 'vitest';

import { ask, book, BOOKING_QUERY, hold, key, read, seatsOf } from './operations.ts';
import { openBooking, customer, scheduledShow, type BookingHarness } from './harness.ts';

let harness: BookingHarness;
beforeAll(async () => {
  harness = await openBooking();
});

const alice = customer();
const bob = customer();

async function pendingBooking(who = alice) {
  const show = await scheduledShow(harness);
  const held = await hold(harness.subgraph, who, show.showId, [show.seat('A', 1), show.seat('A', 2)]);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  return { ...show, booking, holdId: held.hold.id as string };
}

const pay = (bookingId: string, payment: { paymentId?: string; amount?: { amount: number; currency: string } } = {}) =>
  harness.pay({ bookingId, customerId: alice.userId, ...payment });

/** Payloads of the events that were emitted with this type and key. */
const emitted = async (type: string, id: string) =>
  (await harness.database.outboxEvent.findMany({ where: { type, key: id } })).map(({ payload }) => payload);

test('a booking takes over the seats of its hold and has a price, a deadline and a first event', async () => {
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
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('HELD');
  expect(await emitted('booking.requested', booking.id)).toMatchObject([
    { total: { amount: 2_144 }, customerId: alice.userId },
  ]);
  expect(await book(harness.subgraph, alice, holdId)).toMatchObject({
    ...{ __typename: 'HoldExpiredError', message: expect.stringContaining('booked these seats already') },
  });
});

test('a membership takes its part off the booking fee and the tax on it, while its benefits last', async () => {
  const who = customer();
  const change = (membershipId: string, status: PayloadOf<'payments.membership-changed'>['status']) =>
    harness.deliver('payments.membership-changed', {
      ...{ membershipId, customerId: who.userId, planId: 'mpl_1', status, periodEnd: '2027-01-01T00:00:00.000Z' },
      ...{ freeCancellations: 0, bookingFeePercentOff: 50 },
    });
  const price = async () => (await pendingBooking(who)).booking.price;
  const reduced = { fees: { amount: 120 }, discount: { amount: 60 }, tax: { amount: 12 }, total: { amount: 2_072 } };
  await change('mbr_1', 'TRIALING');
  expect(await price()).toMatchObject(reduced);
  await change('mbr_2', 'PAST_DUE');
  await change('mbr_1', 'CANCELLED');
  expect(await price()).toMatchObject(reduced);
  await change('mbr_2', 'PAUSED');
  expect(await price()).toMatchObject({ discount: { amount: 0 }, total: { amount: 2_144 } });
});

test('a hold that is unknown, expired or another customer’s cannot be booked', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  expect(await book(harness.subgraph, bob, held.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await book(harness.subgraph, alice, 'lon_hld_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  await harness.database.$executeRaw`UPDATE seat_holds SET expires_at = now() WHERE id = ${held.id}`;
  expect(await book(harness.subgraph, alice, held.id)).toMatchObject({ __typename: 'HoldExpiredError' });
});

test('ten identical requests at once make one booking', async () => {
  const { showId, seat } = await scheduledShow(harness);
  const { hold: held } = await hold(harness.subgraph, alice, showId, [seat('A', 1)]);
  const same = key();
  const answers = await Promise.all(Array.from({ length: 10 }, () => book(harness.subgraph, alice, held.id, same)));
  expect(new Set(answers.map((answer) => answer.booking?.id)).size).toBe(1);
  expect(await harness.database.booking.count({ where: { showId } })).toBe(1);
});

test('a payment confirms the booking: it issues tickets with codes, sells the seats and emits the confirmation', async () => {
  const { booking, showId, seat } = await pendingBooking();
  await pay(booking.id);
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({
    status: 'CONFIRMED',
    tickets: [
      {
        status: 'ISSUED',
        seat: { id: seat('A', 1), row: 'A', number: 1 },
        qrCode: expect.stringMatching(/^MQ2\./),
      },
      { status: 'ISSUED', seat: { id: seat('A', 2), row: 'A', number: 2 } },
    ],
    timeline: [{ type: 'REQUESTED' }, { type: 'CONFIRMED' }],
  });
  expect((await seatsOf(harness.subgraph, showId)).availability).toMatchObject({ sold: 2, held: 0 });
  expect(await emitted('booking.confirmed', booking.id)).toMatchObject([
    { previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis', seats: ['A1', 'A2'], timeZone: 'Europe/London' },
  ]);
});

test('a repeat of the payment changes nothing; a second payment is refunded', async () => {
  const { booking } = await pendingBooking();
  const paymentId = await pay(booking.id);
  await pay(booking.id, { paymentId });
  expect(await emitted('booking.refund-required', booking.id)).toEqual([]);
  const second = await pay(booking.id);
  expect(await emitted('booking.refund-required', booking.id)).toMatchObject([
    { paymentId: second, amount: { amount: 2_144 } },
  ]);
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}] });
});

test('a payment of the wrong amount is refunded and confirms nothing', async () => {
  const { booking } = await pendingBooking();
  await pay(booking.id, { amount: { amount: 1, currency: 'GBP' } });
  expect(await emitted('booking.refund-required', booking.id)).toMatchObject([{ amount: { amount: 1 } }]);
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({ status: 'PENDING_PAYMENT', tickets: [] });
});

test('a late payment buys the seats when they are still free', async () => {
  const { booking, showId } = await pendingBooking();
  await harness.letExpire(showId);
  await expect
    .poll(async () => (await read(harness.subgraph, alice, booking.id)).status, { timeout: 5_000 })
    .toBe('EXPIRED');
  expect((await seatsOf(harness.subgraph, showId)).availability).toMatchObject({ available: 12 });
  await pay(booking.id);
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}] });
});

test('a late payment whose seats are taken is refunded in full, and the new customer keeps the seats', async () => {
  const { booking, showId, seat } = await pendingBooking();
  await harness.letExpire(showId);
  await hold(harness.subgraph, bob, showId, [seat('A', 2)]);
  await pay(booking.id);
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({ status: 'EXPIRED', tickets: [] });
  expect(await emitted('booking.refund-required', booking.id)).toMatchObject([
    { amount: { amount: 2_144, currency: 'GBP' } },
  ]);
  expect((await seatsOf(harness.subgraph, showId)).statuses).toMatchObject({
    [seat('A', 1)]: 'AVAILABLE',
    [seat('A', 2)]: 'HELD',
  });
});

test('once the show has begun a late payment is refunded; a payment in time still buys the seats', async () => {
  const late = await pendingBooking();
  const inTime = await pendingBooking();
  await harness.letExpire(late.showId);
  for (const { showId } of [late, inTime]) {
    await harness.database.$executeRaw`UPDATE shows SET starts_at = now() - interval '1 s' WHERE id = ${showId}`;
  }
  await Promise.all([late, inTime].map(({ booking }) => pay(booking.id)));
  expect(await read(harness.subgraph, alice, late.booking.id)).toMatchObject({ status: 'EXPIRED', tickets: [] });
  expect(await emitted('booking.refund-required', late.booking.id)).toMatchObject([{ amount: { amount: 2_144 } }]);
  expect(await read(harness.subgraph, alice, inTime.booking.id)).toMatchObject({
    status: 'CONFIRMED',
    tickets: [{}, {}],
  });
});

test('a refund of a payment that did not buy the booking does not count as refunded', async () => {
  const [before, after] = [await pendingBooking(), await pendingBooking()];
  const refund = (bookingId: string) =>
    harness.deliver('payment.refunded', {
      ...{ refundId: newId('rfd'), paymentId: newId('pay'), bookingId, customerId: alice.userId },
      amount: { amount: 2_144, currency: 'GBP' },
    });
  await refund(before.booking.id);
  await pay(before.booking.id);
  await pay(after.booking.id);
  await refund(after.booking.id);
  for (const { booking } of [before, after]) {
    expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({
      status: 'CONFIRMED',
      price: { refunded: { amount: 0 } },
      timeline: expect.arrayContaining([expect.objectContaining({ type: 'REFUNDED' })]),
    });
  }
});

test('a refund appears in the booking’s price and timeline', async () => {
  const { booking } = await pendingBooking();
  const paymentId = await pay(booking.id);
  const refund = { refundId: newId('rfd'), paymentId, bookingId: booking.id, customerId: alice.userId };
  await harness.deliver('payment.refunded', { ...refund, amount: { amount: 500, currency: 'GBP' } });
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({
    price: { refunded: { amount: 500 } },
    timeline: [{}, {}, { type: 'REFUNDED' }],
  });
});

test('a declined payment appears in the timeline and leaves the seats held for another attempt', async () => {
  const { booking, showId, seat } = await pendingBooking();
  const failed = {
    paymentId: newId('pay'),
    bookingId: booking.id,
    customerId: alice.userId,
    purpose: 'BOOKING' as const,
  };
  await harness.deliver('payment.failed', {
    ...failed,
    amount: { amount: 2_144, currency: 'GBP' },
    declineCode: 'insufficient_funds',
  });
  expect(await read(harness.subgraph, alice, booking.id)).toMatchObject({
    status: 'PENDING_PAYMENT',
    timeline: [{}, { type: 'PAYMENT_FAILED' }],
  });
  expect((await seatsOf(harness.subgraph, showId)).statuses[seat('A', 1)]).toBe('HELD');
});

test('only its customer and support read a booking', async () => {
  const { booking } = await pendingBooking();
  expect(await read(harness.subgraph, bob, booking.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await read(harness.subgraph, { kind: 'anonymous' }, booking.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await read(harness.subgraph, customer(undefined, ['bookings:read']), booking.id)).toMatchObject({
    id: booking.id,
  });
  expect(await ask(harness.subgraph, alice, BOOKING_QUERY, { id: 'nonsense' })).toBeNull();
  const entity = 'query($ids: [_Any!]!) { result: _entities(representations: $ids) { ... on Booking { id status } } }';
  const stolen = await ask(harness.subgraph, bob, entity, { ids: [{ __typename: 'Booking', id: booking.id }] });
  expect(stolen).toMatchObject({ code: 'FORBIDDEN' });
});

test('a ticket’s code is its holder’s; support and others who see that it exists do not see the code', async () => {
  const { booking } = await pendingBooking();
  await pay(booking.id);
  const support = customer(undefined, ['bookings:read', 'users:read', 'tickets:scan']);
  const service = { kind: 'service', name: 'notifications' } as const;
  const codes = `edges { node { tickets { qrCode } } }`;
  const routes = {
    booking: [`query($id: ID!) { result: booking(id: $id) { tickets { qrCode } } }`, booking.id],
    entity: [
      `query($id: ID!) { result: _entities(representations: [{ __typename: "Booking", id: $id }]) {
        ... on Booking { tickets { qrCode } } } }`,
      booking.id,
    ],
    list: [
      `query($id: ID!) { result: _entities(representations: [{ __typename: "User", id: $id }]) {
        ... on User { bookings { ${codes} } } } }`,
      alice.userId,
    ],
  } as const;
  for (const [query, id] of Object.values(routes)) {
    for (const caller of [support, service]) {
      const { data, errors } = await harness.subgraph.execute({ query, variables: { id }, caller });
      expect(JSON.stringify(data)).not.toContain('MQ2.');
      expect(errors?.[0]?.extensions).toMatchObject({ code: expect.stringMatching(/^(FORBIDDEN|UNAUTHENTICATED)$/) });
    }
    expect(JSON.stringify(await ask(harness.subgraph, alice, query, { id }))).toContain('MQ2.');
  }
  const exists = `query($id: ID!) { result: booking(id: $id) { tickets { id status seat { row number } } } }`;
  expect(await ask(harness.subgraph, support, exists, { id: booking.id })).toMatchObject({
    tickets: [{ status: 'ISSUED' }, { status: 'ISSUED' }],
  });
});

test('the events of a booking cannot be changed', async () => {
  const { booking } = await pendingBooking();
  const rewrite = harness.database
    .$executeRaw`UPDATE booking_events SET type = 'EXPIRED' WHERE booking_id = ${booking.id}`;
  await expect(rewrite).rejects.toThrow(/append-only/);
});

test('a customer pages through bookings, latest first, with a constant number of statements', async () => {
  const carol = customer();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.unshift((await pendingBooking(carol)).booking.id);
  const query = `query($ids: [_Any!]!, $after: String) { result: _entities(representations: $ids) { ... on User {
    bookings(first: 3, after: $after, status: [PENDING_PAYMENT]) {
      totalCount edges { cursor node { id tickets { id } timeline { type } } } pageInfo { hasNextPage endCursor } } } } }`;
  const user = [{ __typename: 'User', id: carol.userId }];
  type Page = { bookings: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } };
  let pages: Page[] = [];
  const sent = await harness.statements.during(async () => {
    pages = await ask<Page[]>(harness.subgraph, carol, query, { ids: user });
  });
  const first = pages[0]?.bookings;
  expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
  const [next] = await ask<Page[]>(harness.subgraph, carol, query, { ids: user, after: first?.pageInfo.endCursor });
  const listed = [...(first?.edges ?? []), ...(next?.bookings.edges ?? [])].map(({ node }) => node.id);
  expect(listed).toEqual(ids);
  expect(
    sent.filter((sql) => /FROM (bookings WHERE customer|tickets|"public"\."(booking_events|bookings)")/.test(sql)),
  ).toHaveLength(4);
  const stolen = await ask(harness.subgraph, alice, query, { ids: user });
  expect(stolen).toMatchObject({ code: 'FORBIDDEN' });
  const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  const now = new Date().toISOString();
  for (const after of ['x', cursor('soon', 'x'), cursor('now', 'x'), cursor(now, 1), cursor(now, '\u0000')]) {
    const forged = await ask(harness.subgraph, carol, query, { ids: user, after });
    expect(forged).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  }
});

test('a renamed title and venue are named anew in what is told about their shows', async () => {
  const { booking, showId } = await pendingBooking();
  const [titleId, venueId] = [`ttl_${showId}`, `ven_${showId}`];
  await harness.database.show.updateMany({ where: { id: showId }, data: { titleId, venueId } });
  const { showId: other } = await pendingBooking();
  const retitle = (version: number, name: string) =>
    harness.deliver('catalog.title-changed', { titleId, version, name, facts: null });
  await retitle(2, 'Metropolis, restored');
  await retitle(1, 'An older name, late');
  await harness.deliver('catalog.venue-changed', { venueId, version: 1, name: 'The New Electric', facts: null });
  await pay(booking.id);
  expect(await emitted('booking.confirmed', booking.id)).toMatchObject([
    { titleName: 'Metropolis, restored', venueName: 'The New Electric' },
  ]);
  expect(await harness.database.show.findFirst({ where: { id: other } })).toMatchObject({
    ...{ titleName: 'Metropolis', venueName: 'The Electric' },
  });
});
