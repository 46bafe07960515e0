import { randomUUID } from 'node:crypto';
import type { PayloadOf } from '@marquee/events';
import type { UserCaller } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { openPayments } from './harness.ts';
import { pay, saveCard, topUp } from './operations.ts';

const { payments, database, deliver, requestedBooking } = await openPayments();

const REFUSED = { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' };
const LARGE = 50_000;
const twentyMinutesLater = (caller: UserCaller): UserCaller => ({
  ...caller,
  authenticatedAt: new Date(Date.now() - 20 * 60_000),
});

/** A customer with a saved card and a wallet, whose sign-in is no longer fresh. */
async function customer(amount: number) {
  const { caller, bookingId } = await requestedBooking({ amount });
  const { paymentMethod } = await saveCard(payments, caller, 'tok_visa');
  await topUp(payments, caller, 2 * LARGE);
  return { bookingId, fresh: caller, stale: twentyMinutesLater(caller), card: { paymentMethodId: paymentMethod.id } };
}

test('a card is saved only with a fresh sign-in', async () => {
  const { stale, fresh } = await customer(100);
  expect(await saveCard(payments, stale, 'tok_visa')).toMatchObject(REFUSED);
  expect(await database.paymentMethod.count({ where: { customerId: stale.userId } })).toBe(1);
  expect(await saveCard(payments, fresh, 'tok_visa')).toHaveProperty('paymentMethod');
});

test('a large booking is paid from the wallet or a saved card only with a fresh sign-in, and nothing is charged else', async () => {
  const { stale, fresh, bookingId, card } = await customer(LARGE);
  const idempotencyKey = randomUUID();
  expect(await pay(payments, stale, bookingId, { wallet: true })).toMatchObject(REFUSED);
  expect(await pay(payments, stale, bookingId, card, idempotencyKey)).toMatchObject(REFUSED);
  expect(await database.payment.count({ where: { bookingId } })).toBe(0);
  const paid = await pay(payments, fresh, bookingId, card, idempotencyKey);
  expect(paid.payment.status).toBe('SUCCEEDED');
  expect(await pay(payments, stale, bookingId, card, idempotencyKey)).toEqual(paid);
});

test('a small booking, and a large one by card token, need none', async () => {
  const small = await customer(LARGE - 1);
  expect((await pay(payments, small.stale, small.bookingId, { wallet: true })).payment.status).toBe('SUCCEEDED');
  const large = await customer(LARGE);
  expect((await pay(payments, large.stale, large.bookingId)).payment.status).toBe('SUCCEEDED');
});

test('a large top-up from a saved card needs a fresh sign-in', async () => {
  const { stale, fresh, card } = await customer(100);
  expect(await topUp(payments, stale, LARGE, { payWith: card })).toMatchObject(REFUSED);
  expect((await topUp(payments, fresh, LARGE, { payWith: card })).payment.status).toBe('SUCCEEDED');
  expect((await topUp(payments, stale, LARGE - 1, { payWith: card })).payment.status).toBe('SUCCEEDED');
});

const tell = (userId: string, level: PayloadOf<'activity.risk-changed'>['level'], version: number) =>
  deliver('activity.risk-changed', { userId, version, level, reasons: ['CARD_TESTING'], until: null });

test('a challenged customer pays with a fresh sign-in alone, and a blocked one not at all', async () => {
  const { stale, fresh, bookingId, card } = await customer(100);
  await tell(fresh.userId, 'CHALLENGE', 1);
  for (const payWith of [card, { wallet: true }, { cardToken: 'tok_visa' }]) {
    expect(await pay(payments, stale, bookingId, payWith)).toMatchObject(REFUSED);
  }
  await tell(fresh.userId, 'BLOCK', 2);
  for (const payWith of [card, { wallet: true }, { cardToken: 'tok_visa' }]) {
    expect(await pay(payments, fresh, bookingId, payWith)).toMatchObject({ __typename: 'AccountRestrictedError' });
  }
  expect(await database.payment.count({ where: { bookingId } })).toBe(0);
  await tell(fresh.userId, 'CHALLENGE', 3);
  expect((await pay(payments, fresh, bookingId, { wallet: true })).payment.status).toBe('SUCCEEDED');
  await deliver('account.erased', { userId: fresh.userId });
  expect(await database.riskLevel.count({ where: { userId: fresh.userId } })).toBe(0);
});

test('a challenged customer tops up with a fresh sign-in alone, and a blocked one neither tops up nor saves a card', async () => {
  const { stale, fresh, card } = await customer(100);
  const count = () => database.payment.count({ where: { customerId: fresh.userId } });
  const before = await count();
  const ways = [{ payWith: card }, {}];
  await tell(fresh.userId, 'CHALLENGE', 1);
  for (const way of ways) expect(await topUp(payments, stale, 100, way)).toMatchObject(REFUSED);
  await tell(fresh.userId, 'BLOCK', 2);
  const restricted = { __typename: 'AccountRestrictedError' };
  for (const way of ways) expect(await topUp(payments, fresh, 100, way)).toMatchObject(restricted);
  expect(await saveCard(payments, fresh, 'tok_chargeDeclined')).toMatchObject(restricted);
  expect(await saveCard(payments, fresh, 'tok_visa')).toMatchObject(restricted);
  expect(await database.paymentMethod.count({ where: { customerId: fresh.userId } })).toBe(1);
  expect(await count()).toBe(before);
  await tell(fresh.userId, 'CHALLENGE', 3);
  expect((await topUp(payments, fresh, 100)).payment.status).toBe('SUCCEEDED');
  expect(await saveCard(payments, fresh, 'tok_visa')).toHaveProperty('paymentMethod');
});
