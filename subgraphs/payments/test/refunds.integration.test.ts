import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { requestRefund } from '../src/use-cases/request-refund.ts';
import { SettlementRepository } from '../src/adapters/settlement.ts';
import { key, pay, paymentById, refund, topUp, user } from './operations.ts';
import { customer, openPayments, eventually } from './harness.ts';
import { refundConcurrently } from './races.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, deliver } = harness;

async function paidBooking(payWith: object, amount = 2_400) {
  const booking = await requestedBooking({ amount });
  if ('wallet' in payWith) await topUp(payments, booking.caller, amount);
  const { payment } = await pay(payments, booking.caller, booking.bookingId, payWith);
  expect(payment.status).toBe('SUCCEEDED');
  const { bookingId, customerId } = booking;
  const requireRefund = (refunded: number, refundTo: 'SOURCE' | 'WALLET' = 'SOURCE') =>
    deliver('booking.refund-required', {
      ...{ bookingId, customerId, paymentId: payment.id },
      amount: { amount: refunded, currency: 'EUR' },
      ...{ refundTo, parts: null },
      reason: 'The payment came too late.',
    });
  return { ...booking, payment, requireRefund };
}

const refundsOf = (paymentId: string) =>
  database.refund.findMany({ where: { paymentId }, orderBy: { createdAt: 'asc' } });

async function refundedEvents(paymentId: string) {
  const rows = await database.outboxEvent.findMany({ where: { key: paymentId, type: 'payment.refunded' } });
  return rows.map(({ payload }) => payload);
}

test('a card payment is refunded to the card', async () => {
  const { payment, bookingId, customerId, requireRefund } = await paidBooking({ cardToken: 'tok_visa' });
  await requireRefund(2_400);
  await eventually(async () => expect(await refundedEvents(payment.id)).toHaveLength(1));
  const [made] = await refundsOf(payment.id);
  expect(made).toMatchObject({ status: 'SUCCEEDED', method: 'CARD', amount: 2_400n, bookingId });
  expect(made?.providerRef).toMatch(/^re_/);
  expect(await refundedEvents(payment.id)).toEqual([
    {
      ...{ refundId: made?.id, paymentId: payment.id, bookingId, customerId },
      ...{ amount: { amount: 2_400, currency: 'EUR' }, method: 'CARD', left: { amount: 0, currency: 'EUR' } },
    },
  ]);
});

test('a wallet payment is refunded to the wallet', async () => {
  const { payment, caller, bookingId, requireRefund } = await paidBooking({ wallet: true });
  await requireRefund(2_400);
  expect(await refundsOf(payment.id)).toMatchObject([{ status: 'SUCCEEDED', method: 'WALLET' }]);
  const { wallet } = await user(payments, caller);
  expect(wallet.balance).toEqual({ amount: 2_400, currency: 'EUR' });
  expect(wallet.transactions.edges[0]?.node).toMatchObject({ type: 'REFUND', booking: { id: bookingId } });
  expect(await refundedEvents(payment.id)).toHaveLength(1);
});

test('a card payment is refunded to the wallet when the customer chose that', async () => {
  const { payment, caller, requireRefund } = await paidBooking({ cardToken: 'tok_visa' });
  await requireRefund(1_000, 'WALLET');
  expect(await refundsOf(payment.id)).toMatchObject([{ status: 'SUCCEEDED', method: 'WALLET', providerRef: null }]);
  expect(await refundedEvents(payment.id)).toMatchObject([{ method: 'WALLET', left: { amount: 1_400 } }]);
  expect((await user(payments, caller)).wallet.balance).toEqual({ amount: 1_000, currency: 'EUR' });
});

test('a payment can be refunded in parts, and never beyond its amount', async () => {
  const { payment, requireRefund } = await paidBooking({ wallet: true });
  await requireRefund(1_000);
  await requireRefund(1_400);
  await requireRefund(2_400);
  expect((await refundsOf(payment.id)).map(({ amount }) => amount)).toEqual([1_000n, 1_400n]);
});

test('a refund above the remaining amount gives back what is left, and staff review the rest', async () => {
  const { payment } = await paidBooking({ wallet: true });
  const now = () => new Date();
  const request = (amount: number, currency = 'EUR') =>
    database.$transaction((tx) =>
      requestRefund(
        new SettlementRepository(tx, now),
        { name: 'sandbox' },
        {
          paymentId: payment.id,
          amount: { amount, currency },
          ...{ parts: null, refundTo: 'SOURCE', reason: 'refund' },
        },
      ),
    );
  await expect(request(100, 'USD')).rejects.toThrow(/was made in EUR/);
  await expect(database.payment.update({ where: { id: payment.id }, data: { refundedAmount: 2_401 } })).rejects.toThrow(
    /payments_refunded_within_amount/,
  );
  await request(900);
  await request(2_400);
  const refunds = await refundsOf(payment.id);
  expect(refunds.map(({ amount }) => amount)).toEqual([900n, 1_500n]);
  expect(await database.paymentReview.findMany({ where: { paymentId: payment.id } })).toMatchObject([
    { kind: 'REFUND_EXCEEDS_PAYMENT', refundId: refunds[1]?.id, ours: { amount: { amount: 2_400 } } },
  ]);
});

const agent = customer(undefined, ['payments:refund', 'payments:read']);

test('support refunds a part of a payment, then what is left, and booking is told of both', async () => {
  const { payment, caller } = await paidBooking({ wallet: true });
  const first = await refund(payments, agent, payment.id, { amount: 900 });
  expect(first.refund).toMatchObject({ status: 'SUCCEEDED', amount: { amount: 900, currency: 'EUR' } });
  const rest = await refund(payments, agent, payment.id);
  expect(rest.refund.amount.amount).toBe(1_500);
  expect(await refundedEvents(payment.id)).toHaveLength(2);
  expect(await paymentById(payments, caller, payment.id)).toMatchObject({
    refunded: { amount: 2_400, currency: 'EUR' },
    refunds: [{ id: rest.refund.id }, { id: first.refund.id }],
  });
  expect(await refund(payments, agent, payment.id)).toMatchObject({ refundable: { amount: 0 } });
  expect((await refundsOf(payment.id)).map(({ requestedBy }) => requestedBy)).toEqual([agent.userId, agent.userId]);
});

test('the reason that staff gave goes with the customer’s account, and the refund stays', async () => {
  const { payment, customerId, requireRefund } = await paidBooking({ wallet: true });
  await requireRefund(1_000);
  await refund(payments, agent, payment.id, { amount: 900 });
  await deliver('account.erased', { userId: customerId });
  const left = (await refundsOf(payment.id)).map(({ amount, reason }) => [amount, reason]);
  expect(left).toEqual([
    [1_000n, 'The payment came too late.'],
    [900n, 'Erased'],
  ]);
});

test('a refund to a card is pending until the provider has made it', async () => {
  const { payment } = await paidBooking({ cardToken: 'tok_visa' });
  const requested = await refund(payments, agent, payment.id, { amount: 1_000 });
  expect(requested.refund.status).toBe('PENDING');
  await eventually(async () =>
    expect((await paymentById(payments, agent, payment.id)).refunds).toMatchObject([{ status: 'SUCCEEDED' }]),
  );
});

test('a repeated request refunds once, and a key serves one request', async () => {
  const { payment } = await paidBooking({ wallet: true });
  const idempotencyKey = key();
  const request = { amount: 500, idempotencyKey };
  const answers = await Promise.all([1, 2, 3].map(() => refund(payments, agent, payment.id, request)));
  expect(new Set(answers.map((answer) => answer.refund.id)).size).toBe(1);
  expect(await refund(payments, agent, payment.id, { amount: 501, idempotencyKey })).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  });
  expect(await refundsOf(payment.id)).toHaveLength(1);
});

test('what cannot be refunded is refused, and says what can', async () => {
  const { payment, caller } = await paidBooking({ wallet: true });
  expect(await refund(payments, agent, payment.id, { amount: 2_401 })).toMatchObject({
    __typename: 'PaymentNotRefundableError',
    refundable: { amount: 2_400 },
  });
  const field = (name: string) => ({ code: 'BAD_USER_INPUT', field: `input.${name}` });
  expect(await refund(payments, agent, payment.id, { amount: 0 })).toMatchObject(field('amount.amount'));
  expect(await refund(payments, agent, payment.id, { amount: 1, currency: 'USD' })).toMatchObject(
    field('amount.currency'),
  );
  expect(await refund(payments, agent, payment.id, { reason: ' ' })).toMatchObject(field('reason'));
  expect(await refund(payments, agent, 'pay_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  const { payment: added } = await topUp(payments, caller, 1_000);
  expect(await refund(payments, agent, added.id)).toMatchObject({ refundable: { amount: 0 } });
});

test('only support refunds, and no payment of their own', async () => {
  const { payment, caller } = await paidBooking({ wallet: true });
  const own = customer(caller.userId, ['payments:refund', 'payments:read']);
  for (const mayNot of [caller, customer(), customer(undefined, ['bookings:read']), own]) {
    expect(await refund(payments, mayNot, payment.id)).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await refund(payments, { kind: 'anonymous' }, payment.id)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await paymentById(payments, customer(), payment.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await paymentById(payments, agent, 'pay_unknown')).toBeNull();
  expect(await refundsOf(payment.id)).toEqual([]);
});

test('refunds at the same time never exceed the payment together', async () => {
  expect(await refundConcurrently(harness, { count: 5, amount: 1_000 })).toEqual({ refunds: 2, refunded: 2_000 });
});

test('a cancellation and a refund by support never give back more than was paid, whichever comes first', async () => {
  const { refunded } = await refundConcurrently(harness, { count: 1, amount: 1_500, cancels: true });
  expect(refunded).toBe(2_400);
});

test('control: without the lock and the constraint the same races refund more than was paid', async () => {
  const { url: databaseUrl } = await testDatabase('payments');
  const drop = 'ALTER TABLE payments DROP CONSTRAINT IF EXISTS payments_refunded_within_amount';
  const control = { databaseUrl, drop };
  expect((await refundConcurrently(harness, { count: 5, amount: 1_000 }, control)).refunded).toBe(5_000);
  const cancelled = await refundConcurrently(harness, { count: 1, amount: 1_500, cancels: true }, control);
  expect(cancelled.refunded).toBe(3_900);
});
