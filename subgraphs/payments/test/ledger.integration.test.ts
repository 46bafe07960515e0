import type { PayloadOf } from '@marquee/events';
import { newId } from '@marquee/subgraph';
import { expect, test } from 'vitest';

import { auditLedger } from '../src/adapters/ledger-audit.ts';
import type { FundedCoupon } from '../src/domain/sale.ts';
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
      WITH entry AS (
        INSERT INTO journal_entries (id, kind, payment_id, refund_id, created_at)
        VALUES (${id}, 'WALLET_REFUND', ${payment.id}, ${refundId}, now()))
      INSERT INTO postings (entry_id, account_id, currency, amount)
      VALUES (${id}, 'receivable:sandbox:EUR', 'EUR', ${amount}), (${id}, ${wallet}, ${currency}, ${against})`;
  });

test('an entry whose postings do not sum to zero is not committed', async () => {
  await expect(postRaw(100, -99)).rejects.toThrow(/do not sum to zero/);
  await expect(postRaw(100, -100, 'USD')).rejects.toThrow(/do not sum/);
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

test('a posting is to an account of its currency', async () => {
  const post = (account: string) => database.$executeRaw`
    WITH entry AS (
      INSERT INTO journal_entries (id, kind, organisation_id, created_at)
      VALUES (${`jrn_${account}`}, 'SHOW_SETTLED', 'org_1', now()))
    INSERT INTO postings (entry_id, account_id, currency, amount)
    VALUES (${`jrn_${account}`}, ${account}, 'USD', 1), (${`jrn_${account}`}, 'receivable:sandbox:EUR', 'USD', -1)`;
  await expect(post('receivable:sandbox:EUR')).rejects.toThrow(/no account receivable:sandbox:EUR in this currency/);
  await expect(post('fees:USD')).rejects.toThrow(/no account/);
});

test('a balance changes by postings only, and that of a wallet never falls below zero', async () => {
  await expect(database.$executeRaw`UPDATE ledger_balances SET amount = 1`).rejects.toThrow(/postings only/);
  await expect(database.$executeRaw`DELETE FROM ledger_balances`).rejects.toThrow(/postings only/);
  await expect(database.$executeRaw`UPDATE wallet_balances SET amount = 1000000`).rejects.toThrow(/postings only/);
  await expect(database.$executeRaw`DELETE FROM wallet_balances`).rejects.toThrow(/postings only/);
  await expect(postRaw(-1_000_000, 1_000_000)).rejects.toThrow(/wallet_balances_not_negative/);
});

const SALE = {
  ...{ organisationId: 'org_1', country: 'NL', showVersion: 0 },
  ...{ startsAt: '2027-01-01T19:00:00.000Z', endsAt: '2027-01-01T21:00:00.000Z' },
  ...{ subtotal: 2_000, fees: 200, tax: 42, discount: 100 },
};

/** Balances by account, credits negative, from the rows that the triggers keep. */
async function balances(...ids: string[]): Promise<Record<string, number>> {
  const rows = await database.$queryRaw<{ id: string; amount: number }[]>`
    SELECT account_id AS id, sum(amount)::int AS amount FROM ledger_balances WHERE account_id = ANY (${ids}) GROUP BY 1`;
  return Object.fromEntries(rows.map(({ id, amount }) => [id, amount]));
}

test('a sale is posted to the venue, the fee and the tax, and its refunds take back what they are of', async () => {
  const { caller: buyer, bookingId: id } = await requestedBooking({ amount: 2_142, sale: SALE });
  await pay(payments, buyer, id);
  const accounts = ['pending:lon_shw_1:EUR', 'fees:EUR', 'tax:NL:EUR'];
  expect(await balances(...accounts)).toEqual({ 'pending:lon_shw_1:EUR': -2_000, 'fees:EUR': -100, 'tax:NL:EUR': -42 });
  const { id: paymentId } = await database.payment.findFirstOrThrow({ where: { bookingId: id } });
  const refund = (amount: number, parts: object | null) =>
    deliver('booking.refund-required', {
      ...{ bookingId: id, customerId: buyer.userId, paymentId, reason: 'cancelled' },
      ...{ refundTo: 'WALLET', parts: parts as null, amount: { amount, currency: 'EUR' } },
    });
  await refund(1_000, { subtotal: 1_000, fees: 50, tax: 0, discount: 50 });
  expect(await balances(...accounts)).toEqual({ 'pending:lon_shw_1:EUR': -1_000, 'fees:EUR': -100, 'tax:NL:EUR': -42 });
  await refund(1_142, null);
  expect(await balances(...accounts)).toEqual({ 'pending:lon_shw_1:EUR': 0, 'fees:EUR': 0, 'tax:NL:EUR': 0 });
});

test('sales at once lose no posting: every balance is the sum of its account’s postings', async () => {
  const sales = await Promise.all(
    Array.from({ length: 24 }, () => requestedBooking({ amount: 2_142, sale: { ...SALE, organisationId: 'org_2' } })),
  );
  await Promise.all(sales.map((sale) => pay(payments, sale.caller, sale.bookingId)));
  expect(await balances('tax:NL:EUR')).toEqual({ 'tax:NL:EUR': -24 * 42 });
  const drifted = await database.$queryRaw`
    SELECT account_id FROM (SELECT account_id, sum(amount) AS posted FROM postings GROUP BY 1) AS sums
    LEFT JOIN (SELECT account_id, sum(amount) AS held FROM ledger_balances GROUP BY 1) AS balances USING (account_id)
    WHERE held IS DISTINCT FROM posted AND account_id NOT LIKE 'wallet:%'`;
  expect(drifted).toEqual([]);
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

/** A paid booking of seats at 20.00 with a coupon of 4.00, of a show of its own. */
async function soldWith(fundedBy: FundedCoupon['fundedBy']) {
  const [showId, coupon] = [newId('shw'), { amount: 400, fundedBy }];
  const [startsAt, endsAt] = ['2027-01-01T19:00:00.000Z', '2027-01-01T21:00:00.000Z'];
  const show = { organisationId: newId('org'), country: 'NL', showVersion: 0, startsAt, endsAt };
  const sale = { ...show, ...{ subtotal: 2_000, fees: 100, tax: 21, discount: 400, coupon } };
  const booking = await requestedBooking({ amount: 1_721, sale, showId });
  const { payment: paid } = await pay(payments, booking.caller, booking.bookingId);
  const refund = (amount: number, parts: PayloadOf<'booking.refund-required'>['parts']) =>
    deliver('booking.refund-required', {
      ...{ bookingId: booking.bookingId, customerId: booking.customerId, paymentId: paid.id, parts },
      ...{ amount: { amount, currency: 'EUR' }, refundTo: 'WALLET', reason: 'The customer cancelled.' },
    });
  return { refund, ofVenue: () => owed(`pending:${showId}:EUR`) };
}

/** How many faults the audit finds; other tests plant some. */
async function faults(): Promise<number> {
  const found: string[] = [];
  for await (const fault of auditLedger(database)) found.push(fault);
  return found.length;
}

async function owed(account: string): Promise<number> {
  const [row] = await database.$queryRaw<{ amount: number }[]>`
    SELECT coalesce(-sum(amount), 0)::int AS amount FROM ledger_balances WHERE account_id = ${account}`;
  return row?.amount ?? 0;
}

test('a coupon takes from its organisation alone, Marquee’s from none, and a refund gives back the same share', async () => {
  const [fees, found] = [await owed('fees:EUR'), await faults()];
  const bookings = [await soldWith('ORGANISATION'), await soldWith('MARKETPLACE')];
  const [own, marquees] = bookings;
  const amounts = async () => [await own?.ofVenue(), await marquees?.ofVenue(), await owed('promotions:EUR')];
  expect(await amounts()).toEqual([1_600, 2_000, -400]);
  expect(await owed('fees:EUR')).toBe(fees + 200);
  for (const { refund } of bookings) await refund(861, { subtotal: 1_000, fees: 50, tax: 11, discount: 200 });
  expect(await amounts()).toEqual([800, 1_000, -200]);
  for (const { refund } of bookings) await refund(860, null);
  expect(await amounts()).toEqual([0, 0, 0]);
  expect(await owed('fees:EUR')).toBe(fees);
  expect(await faults()).toBe(found);
});

test('what campaigns spend is owed by their organisation, each settlement once, and leaves the books sound', async () => {
  const [organisationId, before] = [newId('org'), await faults()];
  const settled = (settlementId: string, amount: number) =>
    deliver('ads.spend-settled', {
      ...{
        settlementId,
        campaignId: newId('cmp'),
        organisationId,
        amount: { amount, currency: 'EUR' },
        impressions: 80,
      },
      ...{ from: '2026-11-30T08:00:00.000Z', to: '2026-11-30T08:00:30.000Z' },
    });
  const id = newId('stl');
  await settled(id, 40);
  await settled(newId('stl'), 2);
  await expect(settled(id, 40)).rejects.toThrow(/journal_entries_once_a_settlement/);
  const account = `ads-receivable:${organisationId}:EUR`;
  const booked = await database.$queryRaw`
    SELECT kind::text, owner_id AS "ownerId", sum(amount)::int AS amount FROM ledger_accounts
    JOIN ledger_balances ON account_id = id WHERE id IN (${account}, 'ads:EUR') GROUP BY id ORDER BY amount`;
  expect(booked).toEqual([
    { kind: 'ADVERTISING_REVENUE', ownerId: null, amount: -42 },
    { kind: 'ADVERTISER_RECEIVABLE', ownerId: organisationId, amount: 42 },
  ]);
  expect(await faults()).toBe(before);
});
