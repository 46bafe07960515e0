import { expect, test } from 'vitest';

import { requestRefund } from '../src/use-cases/request-refund.ts';
import { SettlementRepository } from '../src/adapters/settlement.ts';
import { pay, topUp, user } from './operations.ts';
import { openPayments, eventually } from './harness.ts';

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
  const [refund] = await refundsOf(payment.id);
  expect(refund).toMatchObject({ status: 'SUCCEEDED', method: 'CARD', amount: 2_400n, bookingId });
  expect(refund?.providerRef).toMatch(/^re_/);
  expect(await refundedEvents(payment.id)).toEqual([
    {
      ...{ refundId: refund?.id, paymentId: payment.id, bookingId, customerId },
      amount: { amount: 2_400, currency: 'EUR' },
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
  expect((await user(payments, caller)).wallet.balance).toEqual({ amount: 1_000, currency: 'EUR' });
});

test('a payment can be refunded in parts, and never beyond its amount', async () => {
  const { payment, requireRefund } = await paidBooking({ wallet: true });
  await requireRefund(1_000);
  await requireRefund(1_400);
  await requireRefund(2_400);
  expect((await refundsOf(payment.id)).map(({ amount }) => amount)).toEqual([1_000n, 1_400n]);
});

test('a refund above the remaining amount is refused', async () => {
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
          ...{ refundTo: 'SOURCE', reason: 'refund' },
        },
      ),
    );
  await expect(request(2_401)).rejects.toThrow(/2400 EUR left/);
  await expect(request(100, 'USD')).rejects.toThrow(/EUR left/);
  await expect(database.payment.update({ where: { id: payment.id }, data: { refundedAmount: 2_401 } })).rejects.toThrow(
    /payments_refunded_within_amount/,
  );
  expect(await refundsOf(payment.id)).toEqual([]);
});
