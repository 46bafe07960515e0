import { expect, test } from 'vitest';

import { pay, topUp } from './operations.ts';
import { openPayments } from './harness.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, deliver } = harness;
const { caller, bookingId } = await requestedBooking({ amount: 700 });
const { payment } = await topUp(payments, caller, 5_000);
const wallet = `wallet:${caller.userId}:EUR`;

/** Posts an entry of two postings by SQL, without any of our code. */
const postRaw = (amount: number, against: number, currency = 'EUR'): Promise<unknown> =>
  database.$transaction(async (tx) => {
    const id = `jrn_raw_${crypto.randomUUID()}`;
    const refundId = `rfd_${id}`;
    await tx.$executeRaw`
      INSERT INTO refunds (id, payment_id, customer_id, amount, currency, method, reason, status, created_at)
      VALUES (${refundId}, ${payment.id}, ${caller.userId}, 1, 'EUR', 'WALLET', 'raw', 'SUCCEEDED', now())`;
    await tx.$executeRaw`
      INSERT INTO journal_entries (id, kind, payment_id, refund_id, created_at)
      VALUES (${id}, 'WALLET_REFUND', ${payment.id}, ${refundId}, now())`;
    await tx.$executeRaw`
      INSERT INTO postings (entry_id, account_id, currency, amount)
      VALUES (${id}, 'receivable:sandbox:EUR', 'EUR', ${amount}), (${id}, ${wallet}, ${currency}, ${against})`;
  });

test('an entry whose postings do not sum to zero is not committed', async () => {
  await expect(postRaw(100, -99)).rejects.toThrow(/do not sum to zero/);
  await expect(postRaw(100, -100, 'USD')).rejects.toThrow(/postings_account_id_currency_fkey|do not sum/);
  await postRaw(100, -100);
});

test('an entry without postings or a second capture of a payment is not committed', async () => {
  const entry = (id: string) => database.$executeRaw`
    INSERT INTO journal_entries (id, kind, payment_id, created_at) VALUES (${id}, 'CARD_PAYMENT', ${payment.id}, now())`;
  await expect(entry('jrn_second')).rejects.toThrow(/journal_entries_one_capture|Unique/);
  const { bookingId: otherId, caller: other } = await requestedBooking();
  await pay(payments, other, otherId, { cardToken: 'tok_insufficient_funds' });
  const failed = await database.payment.findFirstOrThrow({ where: { bookingId: otherId } });
  await expect(
    database.$executeRaw`
      INSERT INTO journal_entries (id, kind, payment_id, created_at)
      VALUES ('jrn_empty', 'CARD_PAYMENT', ${failed.id}, now())`,
  ).rejects.toThrow(/no postings/);
});

test('entries and postings are append-only', async () => {
  await expect(database.$executeRaw`UPDATE postings SET amount = amount + 1`).rejects.toThrow(/append-only/);
  await expect(database.$executeRaw`DELETE FROM postings`).rejects.toThrow(/append-only/);
  await expect(database.$executeRaw`TRUNCATE postings`).rejects.toThrow(/append-only/);
  await expect(database.$executeRaw`UPDATE journal_entries SET kind = 'CARD_REFUND'`).rejects.toThrow(/append-only/);
  await expect(database.$executeRaw`DELETE FROM journal_entries`).rejects.toThrow(/append-only/);
});

test('a wallet balance changes by postings only and never falls below zero', async () => {
  await expect(database.$executeRaw`UPDATE wallet_balances SET amount = 1000000`).rejects.toThrow(/postings only/);
  await expect(database.$executeRaw`DELETE FROM wallet_balances`).rejects.toThrow(/postings only/);
  await expect(postRaw(-1_000_000, 1_000_000)).rejects.toThrow(/wallet_balances_not_negative/);
});

test('after payments, declines and refunds the ledger balances and wallet balances equal their postings', async () => {
  await pay(payments, caller, bookingId, { wallet: true });
  const card = await requestedBooking({ customerId: caller.userId, amount: 1_900, currency: 'GBP' });
  await pay(payments, caller, card.bookingId);
  const { id: paymentId } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  await deliver('booking.refund-required', {
    ...{ refundTo: 'SOURCE', parts: null },
    ...{ bookingId, customerId: caller.userId, paymentId, reason: 'late payment' },
    amount: { amount: 300, currency: 'EUR' },
  });
  const sums = await database.$queryRaw`SELECT currency, sum(amount)::int AS total FROM postings GROUP BY 1 ORDER BY 1`;
  expect(sums).toEqual([
    { currency: 'EUR', total: 0 },
    { currency: 'GBP', total: 0 },
  ]);
  const drifted = await database.$queryRaw`
    SELECT balance.account_id FROM wallet_balances balance
    JOIN (SELECT account_id, -sum(amount) AS posted FROM postings GROUP BY 1) sums USING (account_id)
    WHERE balance.amount <> sums.posted`;
  expect(drifted).toEqual([]);
  const held = await database.walletBalance.findMany({ where: { customerId: caller.userId } });
  expect(held.map(({ amount, currency }) => ({ amount, currency }))).toEqual([{ amount: 4_700n, currency: 'EUR' }]);
});
