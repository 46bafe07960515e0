import { newCityId } from '@marquee/subgraph';
import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { key, pay, paymentAs } from './operations.ts';
import { customer, openPayments, eventually } from './harness.ts';
import { payConcurrently } from './races.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, knownBookings, deliver } = harness;

test('the same idempotency key returns the same payment in its current state', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_requires_action' };
  const first = await pay(payments, caller, bookingId, card, idempotencyKey);
  const again = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(again).toEqual(first);
  await fetch(String(first.payment.actionUrl));
  await eventually(async () => {
    const later = await pay(payments, caller, bookingId, card, idempotencyKey);
    expect(later.payment).toMatchObject({ id: first.payment.id, status: 'SUCCEEDED' });
  });
});

test('a repeated key returns the same decline', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_insufficient_funds' };
  const first = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(await pay(payments, caller, bookingId, card, idempotencyKey)).toEqual(first);
  expect(await database.payment.count({ where: { bookingId } })).toBe(1);
});

test('a key reused with another input is refused', async () => {
  const { caller, bookingId } = await requestedBooking();
  const other = await requestedBooking({ customerId: caller.userId });
  const idempotencyKey = key();
  await pay(payments, caller, bookingId, { cardToken: 'tok_visa' }, idempotencyKey);
  const changed = [
    pay(payments, caller, other.bookingId, { cardToken: 'tok_visa' }, idempotencyKey),
    pay(payments, caller, bookingId, { cardToken: 'tok_late' }, idempotencyKey),
    pay(payments, caller, bookingId, { wallet: true }, idempotencyKey),
  ];
  for (const answer of await Promise.all(changed)) expect(answer.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await pay(payments, caller, bookingId, { cardToken: 'tok_visa' }, 'no-uuid')).toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

test('a key repeated while its first request is running returns IDEMPOTENCY_IN_PROGRESS', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_late' };
  const first = await pay(payments, caller, bookingId, card, idempotencyKey);
  const charging = (busyUntil: Date | null) =>
    database.payment.updateMany({ where: { bookingId }, data: { busyUntil } });
  await charging(new Date(Date.now() + 60_000));
  const meanwhile = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(meanwhile.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  await charging(null);
  const replayed = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect([first.payment.status, replayed]).toEqual(['PROCESSING', first]);
});

test('equal concurrent requests create one payment', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_visa' };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => pay(payments, caller, bookingId, card, idempotencyKey)),
  );
  const outcomes = new Set(answers.map(({ payment, code }) => payment?.id ?? code));
  expect(await database.payment.count({ where: { bookingId } })).toBe(1);
  outcomes.delete('IDEMPOTENCY_IN_PROGRESS');
  expect(outcomes.size).toBe(1);
});

test('a payment takes exactly one instrument', async () => {
  const { caller, bookingId } = await requestedBooking();
  for (const payWith of [{}, { wallet: true, cardToken: 'tok_visa' }, { wallet: false }]) {
    expect(await pay(payments, caller, bookingId, payWith)).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

test('a booking that is paid or being paid accepts no second payment', async () => {
  const paid = await requestedBooking();
  await pay(payments, paid.caller, paid.bookingId);
  const second = await pay(payments, paid.caller, paid.bookingId);
  expect(second).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'PAID' });
  const processing = await requestedBooking();
  await pay(payments, processing.caller, processing.bookingId, { cardToken: 'tok_late' });
  const other = await pay(payments, processing.caller, processing.bookingId, { wallet: true });
  expect(other).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'PAYMENT_UNDER_WAY' });
});

test('an expired booking accepts no payment, whether by event or by the clock', async () => {
  const expired = await requestedBooking();
  await deliver('booking.expired', {
    ...{ bookingId: expired.bookingId, customerId: expired.customerId, showId: 'lon_shw_1' },
    ...{ previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis' },
  });
  const overdue = await requestedBooking({ inMs: 1 });
  for (const { caller, bookingId } of [expired, overdue]) {
    const refused = await pay(payments, caller, bookingId);
    expect(refused).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'EXPIRED' });
    expect(await database.payment.count({ where: { bookingId } })).toBe(0);
  }
});

test("another customer's booking is FORBIDDEN and an unknown one NOT_FOUND", async () => {
  const { bookingId } = await requestedBooking();
  expect(await pay(payments, customer(), bookingId)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await pay(payments, customer(), 'lon_bkg_nobody')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await pay(payments, { kind: 'anonymous' }, bookingId)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

const SALE = {
  ...{ organisationId: 'org_1', country: 'GB', endsAt: '2027-01-01T21:00:00.000Z', showVersion: 0 },
  ...{ subtotal: 900, fees: 90, tax: 0, discount: 0 },
};

/** As booking describes it when asked. */
const asBooking = (id: string, customerId: string) => ({
  ...{ id, customerId, requestNumber: 1, status: 'PENDING_PAYMENT', showId: 'lon_shw_1', sale: SALE },
  ...{ total: { amount: 990, currency: 'EUR' }, expiresAt: new Date(Date.now() + 600_000).toISOString() },
});

test.each([
  ['long ago', 'lon_bkg_unheard'],
  ['just now', newCityId('lon', 'bkg')],
])('a booking made %s whose event does not arrive is fetched once', async (_, bookingId) => {
  const caller = customer();
  knownBookings.set(bookingId, asBooking(bookingId, caller.userId));
  expect(await pay(payments, customer(), bookingId)).toMatchObject({ code: 'FORBIDDEN' });
  knownBookings.delete(bookingId);
  expect((await pay(payments, caller, bookingId)).payment).toMatchObject({
    status: 'SUCCEEDED',
    amount: { amount: 990 },
  });
});

test('payments that overtake the events of their bookings wait for them and do not ask booking', async () => {
  const caller = customer();
  const made = [1, 2, 3].map(() => asBooking(newCityId('lon', 'bkg'), caller.userId));
  const paying = made.map(({ id }) => pay(payments, caller, id));
  for (const { id: bookingId, customerId, showId, total, expiresAt } of made) {
    await deliver('booking.requested', { bookingId, customerId, showId, total, expiresAt, sale: null });
  }
  for (const { payment } of await Promise.all(paying)) expect(payment).toMatchObject({ status: 'SUCCEEDED' });
});

test("a payment's customer, amount and final status never change", async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId);
  const where = { id: payment.id };
  await expect(database.payment.update({ where, data: { amount: 1 } })).rejects.toThrow(/who pays what/);
  await expect(database.payment.update({ where, data: { status: 'FAILED' } })).rejects.toThrow(/for good/);
  const { cardSource } = await database.payment.findUniqueOrThrow({ where });
  expect(cardSource).toBeNull();
  expect((await paymentAs(payments, caller, payment.id)).status).toBe('SUCCEEDED');
});

test('exactly one of many concurrent payments of a booking is charged', async () => {
  const charged = await payConcurrently(harness, 12);
  expect(charged).toBe(1);
});

test('control: without the unique index the same race charges more than once', async () => {
  const unconstrained = await testDatabase('payments');
  const charged = await payConcurrently(harness, 12, {
    databaseUrl: unconstrained.url,
    drop: 'DROP INDEX payments_one_live_per_booking',
  });
  expect(charged).toBeGreaterThan(1);
});

test('a paid booking that moves to another show takes one more payment: of the difference, until that expires', async () => {
  const { bookingId, customerId, caller } = await requestedBooking();
  await pay(payments, caller, bookingId, { cardToken: 'tok_visa' });
  const request = (requestNumber: number, inMs = 600_000) =>
    deliver('booking.reschedule-requested', {
      ...{ bookingId, customerId, showId: 'lon_shw_2', requestNumber, sale: null },
      ...{ total: { amount: 700, currency: 'EUR' }, expiresAt: new Date(Date.now() + inMs).toISOString() },
    });
  await request(3);
  // An older request that comes late changes nothing.
  await request(2, -1_000);
  const answers = await Promise.all([1, 2].map(() => pay(payments, caller, bookingId, { cardToken: 'tok_visa' })));
  const paid = answers.filter((answer) => answer.__typename === 'PayBookingPayload');
  expect(paid).toMatchObject([{ payment: { status: 'SUCCEEDED', amount: { amount: 700 } } }]);
  expect(await pay(payments, caller, bookingId, { cardToken: 'tok_visa' })).toMatchObject({ reason: 'PAID' });
  await request(5);
  await deliver('booking.reschedule-expired', { bookingId, customerId });
  expect(await pay(payments, caller, bookingId, { cardToken: 'tok_visa' })).toMatchObject({
    __typename: 'BookingNotPayableError',
  });
});
