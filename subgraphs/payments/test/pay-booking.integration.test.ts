import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { key, pay, paymentAs } from './operations.ts';
import { customer, paymentsStage, soon } from './stage.ts';
import { manyPaymentsAtOnce } from './races.ts';

const stage = await paymentsStage();
const { payments, database, requestedBooking, asked, tell } = stage;

test('the same key brings the same payment in its present state', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_requires_action' };
  const first = await pay(payments, caller, bookingId, card, idempotencyKey);
  const again = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(again).toEqual(first);
  await fetch(String(first.payment.actionUrl));
  await soon(async () => {
    const later = await pay(payments, caller, bookingId, card, idempotencyKey);
    expect(later.payment).toMatchObject({ id: first.payment.id, status: 'SUCCEEDED' });
  });
});

test('a declined payment is declined again when its key comes again', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_insufficient_funds' };
  const first = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(await pay(payments, caller, bookingId, card, idempotencyKey)).toEqual(first);
  expect(await database.payment.count({ where: { bookingId } })).toBe(1);
});

test('a key that came with another input is refused, whatever the second input would have done', async () => {
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

test('a key that comes again while its first request waits for the provider is told so', async () => {
  const { caller, bookingId } = await requestedBooking();
  const idempotencyKey = key();
  const card = { cardToken: 'tok_flaky' };
  const first = pay(payments, caller, bookingId, card, idempotencyKey);
  await soon(async () => expect(await database.payment.count({ where: { bookingId } })).toBe(1));
  const meanwhile = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(meanwhile.code).toBe('IDEMPOTENCY_IN_PROGRESS');
  expect((await first).payment.status).toBe('SUCCEEDED');
  const replayed = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(replayed).toEqual(await first);
});

test('equal requests at the same time make one payment', async () => {
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

test('what to pay with is exactly one thing', async () => {
  const { caller, bookingId } = await requestedBooking();
  for (const payWith of [{}, { wallet: true, cardToken: 'tok_visa' }, { wallet: false }]) {
    expect(await pay(payments, caller, bookingId, payWith)).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

test('a paid booking takes no second payment, and one being paid neither', async () => {
  const paid = await requestedBooking();
  await pay(payments, paid.caller, paid.bookingId);
  const second = await pay(payments, paid.caller, paid.bookingId);
  expect(second).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'PAID' });
  const processing = await requestedBooking();
  await pay(payments, processing.caller, processing.bookingId, { cardToken: 'tok_late' });
  const other = await pay(payments, processing.caller, processing.bookingId, { wallet: true });
  expect(other).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'PAYMENT_UNDER_WAY' });
});

test('an expired booking takes no payment, by event or by the clock', async () => {
  const told = await requestedBooking();
  await tell('booking.expired', told.bookingId, {
    ...{ bookingId: told.bookingId, customerId: told.customerId, showId: 'lon_shw_1' },
    ...{ previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis' },
  });
  const overdue = await requestedBooking({ inMs: 1 });
  for (const { caller, bookingId } of [told, overdue]) {
    const refused = await pay(payments, caller, bookingId);
    expect(refused).toMatchObject({ __typename: 'BookingNotPayableError', reason: 'EXPIRED' });
    expect(await database.payment.count({ where: { bookingId } })).toBe(0);
  }
});

test("somebody else's booking is FORBIDDEN and an unknown one NOT_FOUND", async () => {
  const { bookingId } = await requestedBooking();
  expect(await pay(payments, customer(), bookingId)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await pay(payments, customer(), 'lon_bkg_nobody')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await pay(payments, { kind: 'anonymous' }, bookingId)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a booking that events have not told of yet is asked for, once', async () => {
  const caller = customer();
  const bookingId = 'lon_bkg_unheard';
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  const total = { amount: 990, currency: 'EUR' };
  asked.set(bookingId, { id: bookingId, customerId: caller.userId, status: 'PENDING_PAYMENT', expiresAt, total });
  expect(await pay(payments, customer(), bookingId)).toMatchObject({ code: 'FORBIDDEN' });
  asked.delete(bookingId);
  expect((await pay(payments, caller, bookingId)).payment).toMatchObject({ status: 'SUCCEEDED', amount: total });
});

test('a payment says for good who pays what, and a final status is final', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId);
  const where = { id: payment.id };
  await expect(database.payment.update({ where, data: { amount: 1 } })).rejects.toThrow(/who pays what/);
  await expect(database.payment.update({ where, data: { status: 'FAILED' } })).rejects.toThrow(/for good/);
  const { cardSource } = await database.payment.findUniqueOrThrow({ where });
  expect(cardSource).toBeNull();
  expect((await paymentAs(payments, caller, payment.id)).status).toBe('SUCCEEDED');
});

test('of many payments of one booking at the same time exactly one is charged', async () => {
  const charged = await manyPaymentsAtOnce(stage, 12);
  expect(charged).toBe(1);
});

test('control: without the index the same race charges more than once', async () => {
  const unguarded = await testDatabase('payments');
  const charged = await manyPaymentsAtOnce(stage, 12, {
    databaseUrl: unguarded.url,
    unguard: 'DROP INDEX payments_one_live_per_booking',
  });
  expect(charged).toBeGreaterThan(1);
});
