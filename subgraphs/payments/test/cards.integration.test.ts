import { expect, test } from 'vitest';

import { key, pay, paymentAs, paymentsOf, saveCard } from './operations.ts';
import { openPayments, eventually } from './harness.ts';

const harness = await openPayments();
const { payments, database, requestedBooking } = harness;

const eventsOf = async (paymentId: string): Promise<string[]> => {
  const rows = await database.outboxEvent.findMany({ where: { key: paymentId }, orderBy: { seq: 'asc' } });
  return rows.map(({ type }) => type);
};

test("a good card pays the booking's price", async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 3_150, currency: 'GBP' });
  const { __typename, payment } = await pay(payments, caller, bookingId);
  expect(__typename).toBe('PayBookingPayload');
  expect(payment).toMatchObject({
    status: 'SUCCEEDED',
    method: 'CARD',
    amount: { amount: 3_150, currency: 'GBP' },
    actionUrl: null,
    booking: { id: bookingId },
  });
  expect(await eventsOf(payment.id)).toEqual(['payment.succeeded', 'payment.status-changed']);
  const [booking] = await paymentsOf(payments, caller, bookingId);
  expect(booking?.payments.map(({ id, status }) => ({ id, status }))).toEqual([
    { id: payment.id, status: 'SUCCEEDED' },
  ]);
});

test('a card with insufficient funds is declined with its code, and another card can pay', async () => {
  const { caller, bookingId } = await requestedBooking();
  const declined = await pay(payments, caller, bookingId, { cardToken: 'tok_insufficient_funds' });
  expect(declined).toMatchObject({ __typename: 'PaymentDeclinedError', declineCode: 'insufficient_funds' });
  const [booking] = await paymentsOf(payments, caller, bookingId);
  const [failed] = booking?.payments ?? [];
  expect(failed?.status).toBe('FAILED');
  expect(await eventsOf(failed?.id ?? '')).toEqual(['payment.failed', 'payment.status-changed']);
  expect((await pay(payments, caller, bookingId)).payment.status).toBe('SUCCEEDED');
});

test('events of payments tell one card from another, declined or saved, and not the test cards that everybody shares', async () => {
  const fingerprintOf = async (bookingId: string) => {
    const payload = { path: ['bookingId'], equals: bookingId };
    const types = { in: ['payment.succeeded', 'payment.failed'] };
    const [event] = await database.outboxEvent.findMany({ where: { payload, type: types }, orderBy: { seq: 'desc' } });
    const { cardFingerprint } = (event?.payload ?? {}) as { cardFingerprint?: string | null };
    return cardFingerprint;
  };
  const { caller, bookingId } = await requestedBooking();
  await pay(payments, caller, bookingId, { cardToken: 'tok_insufficient_funds__anna' });
  const declined = await fingerprintOf(bookingId);
  await pay(payments, caller, bookingId, { cardToken: 'tok_visa__anna' });
  const paid = await fingerprintOf(bookingId);
  expect([declined, paid]).toEqual([expect.any(String), expect.any(String)]);
  expect(declined).not.toBe(paid);
  const other = await requestedBooking();
  const saved = await saveCard(payments, other.caller, 'tok_visa__anna');
  await pay(payments, other.caller, other.bookingId, { paymentMethodId: saved.paymentMethod.id });
  expect(await fingerprintOf(other.bookingId)).toBe(paid);
  const shared = await requestedBooking();
  await pay(payments, shared.caller, shared.bookingId);
  expect(await fingerprintOf(shared.bookingId)).toBeNull();
});

test('an unknown token is declined as invalid_card', async () => {
  const { caller, bookingId } = await requestedBooking();
  const declined = await pay(payments, caller, bookingId, { cardToken: 'tok_nobody' });
  expect(declined).toMatchObject({ __typename: 'PaymentDeclinedError', declineCode: 'invalid_card' });
});

test('a malformed id is NOT_FOUND for bookings and cards', async () => {
  const { caller, bookingId } = await requestedBooking();
  for (const id of ['\u0001', 'lon_bkg_\u0001']) {
    expect(await pay(payments, caller, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await pay(payments, caller, bookingId, { paymentMethodId: id })).toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('a payment that requires action succeeds once its page is opened', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  expect(payment).toMatchObject({ status: 'REQUIRES_ACTION', actionUrl: expect.stringContaining('/actions/') });
  await fetch(String(payment.actionUrl));
  await eventually(async () => {
    expect(await paymentAs(payments, caller, payment.id)).toMatchObject({ status: 'SUCCEEDED', actionUrl: null });
  });
  expect(await eventsOf(payment.id)).toEqual(['payment.status-changed', 'payment.succeeded', 'payment.status-changed']);
});

test('paying with another card cancels the payment that requires action, which is never charged', async () => {
  const { caller, bookingId } = await requestedBooking();
  const first = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  const second = await pay(payments, caller, bookingId);
  expect(second.payment.status).toBe('SUCCEEDED');
  await fetch(String(first.payment.actionUrl));
  const [booking] = await paymentsOf(payments, caller, bookingId);
  expect(booking?.payments.map(({ status }) => status).toSorted()).toEqual(['CANCELLED', 'SUCCEEDED']);
});

test('a wallet that holds too little does not cancel the payment that requires action', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  const poor = await pay(payments, caller, bookingId, { wallet: true });
  expect(poor.__typename).toBe('InsufficientWalletBalanceError');
  expect((await paymentAs(payments, caller, payment.id)).status).toBe('REQUIRES_ACTION');
});

test('a charge whose response was lost is retried, and made once', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_flaky' });
  expect(payment.status).toBe('SUCCEEDED');
  const captures = await database.journalEntry.findMany({
    where: { paymentId: payment.id },
    include: { postings: true },
  });
  expect(captures.map(({ postings }) => postings.map(({ amount }) => amount))).toEqual([[2_400n, -2_400n]]);
});

test('a late charge is processing until after the deadline and then succeeds', async () => {
  const { caller, bookingId } = await requestedBooking({ inMs: 700 });
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_late' });
  expect(payment.status).toBe('PROCESSING');
  await eventually(async () => expect((await paymentAs(payments, caller, payment.id)).status).toBe('SUCCEEDED'));
  const { settledAt, deadline } = await database.payment.findUniqueOrThrow({ where: { id: payment.id } });
  expect(settledAt?.getTime()).toBeGreaterThan(deadline.getTime());
});

test('anything that looks like a card number is refused and never stored', async () => {
  const { caller, bookingId } = await requestedBooking();
  for (const cardToken of ['4242 4242 4242 4242', '4242424242424242', ' ']) {
    const refused = await pay(payments, caller, bookingId, { cardToken });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.with.cardToken' });
  }
  expect(await database.payment.count({ where: { bookingId } })).toBe(0);
});

test.each([
  ['paid', '', 'SUCCEEDED'],
  ['declined', '?answer=decline', 'FAILED'],
  ['cancelled', '?answer=cancel', 'CANCELLED'],
])('a payment %s on its page returns to the shop, with nothing but its id', async (_how, answer, status) => {
  const { caller, bookingId } = await requestedBooking();
  const returnUrl = 'http://127.0.0.1:5173/paid?lang=nl';
  const card = { cardToken: 'tok_requires_action' };
  const idempotencyKey = key();
  const { payment } = await pay(payments, caller, bookingId, card, idempotencyKey, { returnUrl });
  for (const _ of [1, 2]) {
    const page = await fetch(`${payment.actionUrl}${answer}`, { redirect: 'manual' });
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(`${returnUrl}&payment=${payment.id}`);
  }
  await eventually(async () => expect((await paymentAs(payments, caller, payment.id)).status).toBe(status));
  const other = await pay(payments, caller, bookingId, card, idempotencyKey);
  expect(other).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('a page outside of the named sites is refused before anything is charged', async () => {
  const { caller, bookingId } = await requestedBooking();
  const refused = await pay(payments, caller, bookingId, undefined, key(), { returnUrl: 'https://evil.example/' });
  expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.returnUrl' });
  expect(await database.payment.count({ where: { bookingId } })).toBe(0);
});
