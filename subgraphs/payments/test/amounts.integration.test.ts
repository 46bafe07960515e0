import { MAX_MINOR_UNITS } from '@marquee/money';
import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { postEntry } from '../src/adapters/ledger.ts';
import { captureEntry } from '../src/domain/sale-entries.ts';
import { pay, paymentsOf, user, users } from './operations.ts';
import { customer, eventually, openPayments } from './harness.ts';

const { payments, database, deliver, requestedBooking } = await openPayments();
const currency = 'IDR';
const idr = (amount: number) => ({ amount, currency });

/** Credits a wallet with more than one top-up may add. */
async function credit(customerId: string, amount: number): Promise<void> {
  const now = new Date();
  const payment = { id: newId('pay'), customerId, purpose: 'WALLET_TOP_UP', method: 'CARD' } as const;
  await database.$transaction(async (tx) => {
    await tx.payment.create({
      data: { ...payment, ...idr(amount), status: 'SUCCEEDED', provider: 'sandbox', deadline: now, createdAt: now },
    });
    await postEntry(tx, captureEntry({ ...payment, sale: null, amount: idr(amount) }, 'sandbox'), now);
  });
}

test('a wallet of more than 2^31 minor units is shown and spent exactly', async () => {
  const { caller, bookingId } = await requestedBooking({ amount: 2_500_000_001, currency });
  await credit(caller.userId, 3_000_000_000);
  await pay(payments, caller, bookingId, { wallet: true });
  const { wallet } = await user(payments, caller);
  expect(wallet).toMatchObject({ balance: idr(499_999_999), balances: [idr(499_999_999)] });
  expect(wallet.transactions.edges.map(({ node }) => node)).toMatchObject([
    { type: 'PAYMENT', amount: idr(-2_500_000_001), balanceAfter: idr(499_999_999) },
    { type: 'TOP_UP', amount: idr(3_000_000_000), balanceAfter: idr(3_000_000_000) },
  ]);
});

test('a card is charged and refunded more than 2^31 minor units', async () => {
  const { caller, customerId, bookingId } = await requestedBooking({ amount: 3_000_000_000, currency });
  const { payment } = await pay(payments, caller, bookingId);
  expect(payment).toMatchObject({ status: 'SUCCEEDED', amount: idr(3_000_000_000) });
  await deliver('booking.refund-required', {
    ...{ refundTo: 'SOURCE', parts: null },
    ...{ bookingId, customerId, paymentId: payment.id, reason: 'The payment came too late.' },
    amount: idr(2_999_999_999),
  });
  await eventually(async () => {
    const [refund] = await database.refund.findMany({ where: { bookingId } });
    expect(refund).toMatchObject({ status: 'SUCCEEDED', amount: 2_999_999_999n });
  });
  expect(await paymentsOf(payments, caller, bookingId)).toMatchObject([{ payments: [{ amount: idr(3_000_000_000) }] }]);
});

test('a wallet beyond 2^53 - 1 minor units is an error, never another amount', async () => {
  const caller = customer();
  await credit(caller.userId, MAX_MINOR_UNITS);
  expect((await user(payments, caller)).wallet.balance).toEqual(idr(MAX_MINOR_UNITS));
  await credit(caller.userId, 2);
  expect(await users(payments, caller, [caller.userId])).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});
