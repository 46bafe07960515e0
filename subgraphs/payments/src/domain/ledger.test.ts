import { expect, test } from 'vitest';

import { accountId, type JournalEntry } from './ledger.ts';
import { captureEntry, refundEntry, unappliedCaptureEntry } from './sale-entries.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';

const payment = (more: Partial<Payment>) =>
  ({
    ...{ id: 'pay_1', customerId: 'usr_1', purpose: 'BOOKING', method: 'CARD', status: 'SUCCEEDED' },
    amount: { amount: 2_400, currency: 'EUR' },
    sale: null,
    ...more,
  }) as Payment;

const refund = (more: Partial<Refund> = {}): Refund => ({
  ...{ id: 'rfd_1', paymentId: 'pay_1', bookingId: 'lon_bkg_1', customerId: 'usr_1' },
  amount: { amount: 900, currency: 'EUR' },
  ...{ method: 'CARD', reason: 'late', status: 'PENDING', parts: null, requestedBy: null, createdAt: new Date(0) },
  ...more,
});

const sale = {
  ...{ showId: 'lon_shw_1', organisationId: 'org_1', country: 'NL' },
  ...{ subtotal: 2_200, fees: 200, tax: 0, discount: 0 },
};

/** Amounts of an entry by account. */
const amountsByAccount = ({ postings }: JournalEntry) =>
  Object.fromEntries(postings.map(({ account, amount }) => [accountId(account), amount]));

const entries: readonly [string, JournalEntry, string, Readonly<Record<string, number>>][] = [
  [
    'a card pays a booking',
    captureEntry(payment({}), 'sandbox'),
    'CARD_PAYMENT',
    { 'receivable:sandbox:EUR': 2_400, 'sales:EUR': -2_400 },
  ],
  [
    'a sale is the venue’s and the fee’s; nothing is posted of a tax of zero',
    captureEntry(payment({ sale }), 'sandbox'),
    'CARD_PAYMENT',
    { 'receivable:sandbox:EUR': 2_400, 'pending:lon_shw_1:EUR': -2_200, 'fees:EUR': -200 },
  ],
  [
    'a refund of a sale takes back its parts',
    refundEntry(refund({ parts: { venue: 850, fees: 50, tax: 0, promotion: 0 } }), payment({ sale }), 'sandbox'),
    'CARD_REFUND',
    { 'pending:lon_shw_1:EUR': 850, 'fees:EUR': 50, 'receivable:sandbox:EUR': -900 },
  ],
  [
    'Marquee’s coupon is its expense: the venue gets the whole price of its seats',
    captureEntry(
      payment({ sale: { ...sale, subtotal: 2_500, discount: 300, coupon: { amount: 300, fundedBy: 'MARKETPLACE' } } }),
      'sandbox',
    ),
    'CARD_PAYMENT',
    {
      ...{ 'receivable:sandbox:EUR': 2_400, 'pending:lon_shw_1:EUR': -2_500, 'fees:EUR': -200 },
      'promotions:EUR': 300,
    },
  ],
  [
    'a refund takes back its share of Marquee’s coupon',
    refundEntry(refund({ parts: { venue: 950, fees: 50, tax: 0, promotion: 100 } }), payment({ sale }), 'sandbox'),
    'CARD_REFUND',
    {
      ...{ 'pending:lon_shw_1:EUR': 950, 'fees:EUR': 50, 'receivable:sandbox:EUR': -900 },
      'promotions:EUR': -100,
    },
  ],
  [
    'a wallet pays a booking',
    captureEntry(payment({ method: 'WALLET' }), 'sandbox'),
    'WALLET_PAYMENT',
    { 'wallet:usr_1:EUR': 2_400, 'sales:EUR': -2_400 },
  ],
  [
    'a card tops up a wallet',
    captureEntry(payment({ purpose: 'WALLET_TOP_UP' }), 'sandbox'),
    'WALLET_TOP_UP',
    { 'receivable:sandbox:EUR': 2_400, 'wallet:usr_1:EUR': -2_400 },
  ],
  [
    'a charge succeeds after its payment ended',
    unappliedCaptureEntry(payment({ status: 'FAILED' }), 'sandbox'),
    'UNAPPLIED_CAPTURE',
    { 'receivable:sandbox:EUR': 2_400, 'unapplied:EUR': -2_400 },
  ],
  [
    'a booking is refunded to the card',
    refundEntry(refund(), payment({}), 'sandbox'),
    'CARD_REFUND',
    { 'sales:EUR': 900, 'receivable:sandbox:EUR': -900 },
  ],
  [
    'a booking is refunded to the wallet',
    refundEntry(refund({ method: 'WALLET' }), payment({ method: 'WALLET' }), 'sandbox'),
    'WALLET_REFUND',
    { 'sales:EUR': 900, 'wallet:usr_1:EUR': -900 },
  ],
  [
    'a top-up is refunded to the card',
    refundEntry(refund(), payment({ purpose: 'WALLET_TOP_UP' }), 'sandbox'),
    'CARD_REFUND',
    { 'wallet:usr_1:EUR': 900, 'receivable:sandbox:EUR': -900 },
  ],
  [
    'an unapplied capture is refunded to the card',
    refundEntry(refund(), payment({ status: 'CANCELLED' }), 'sandbox'),
    'UNAPPLIED_REFUND',
    { 'unapplied:EUR': 900, 'receivable:sandbox:EUR': -900 },
  ],
];

test.each(entries)('%s: debits equal credits', (_what, entry, kind, expected) => {
  expect(entry.kind).toBe(kind);
  expect(amountsByAccount(entry)).toEqual(expected);
  expect(entry.postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
});
