import { expect, test } from 'vitest';

import type { ProviderCharge, ProviderRefund } from './payment-provider.ts';
import { compareCharge, compareRefund, differenceOf, missingCharge, missingRefund } from './payment-review.ts';
import type { Refund } from './refund.ts';
import type { SettleablePayment } from './payment.ts';

const amount = { amount: 2_400, currency: 'EUR' };
const captured = { id: 'pay_1', chargeId: 'ch_1', status: 'SUCCEEDED', amount, captured: true } as SettleablePayment;
const declined = { ...captured, status: 'FAILED', captured: false } as SettleablePayment;
const charge = (more: Partial<ProviderCharge> = {}): ProviderCharge => ({
  ...{ id: 'ch_1', reference: 'pay_1', amount, status: 'SUCCEEDED', declineCode: null, actionUrl: null },
  cardFingerprint: null,
  ...more,
});
const other = { amount: 1, currency: 'EUR' };

test.each([
  ['the same on both sides', charge(), captured, undefined],
  ['a capture of no payment', charge(), null, 'UNKNOWN_CHARGE'],
  ['a decline of no payment', charge({ status: 'FAILED' }), null, undefined],
  ['a second capture', charge({ id: 'ch_2' }), captured, 'DUPLICATE_CHARGE'],
  ['a second charge that was declined', charge({ id: 'ch_2', status: 'FAILED' }), captured, undefined],
  ['a second capture of another amount', charge({ id: 'ch_2', amount: other }), captured, 'DUPLICATE_CHARGE'],
  ['another amount', charge({ amount: other }), captured, 'AMOUNT_DIFFERS'],
  ['another currency', charge({ amount: { ...amount, currency: 'USD' } }), captured, 'AMOUNT_DIFFERS'],
  ['another amount, declined', charge({ amount: other, status: 'FAILED' }), declined, undefined],
  ['a capture that the provider denies', charge({ status: 'FAILED' }), captured, 'STATUS_DIFFERS'],
  ['a capture that a settlement records', charge(), declined, undefined],
] as const)('charges: %s', (_what, theirs, ours, kind) => {
  expect(compareCharge(theirs, ours)?.kind).toBe(kind);
});

const refund = { id: 'rfd_1', paymentId: 'pay_1', status: 'SUCCEEDED', amount } as Refund;
const made = (more: Partial<ProviderRefund> = {}): ProviderRefund => ({
  ...{ id: 're_1', reference: 'rfd_1', chargeId: 'ch_1', amount, status: 'SUCCEEDED' },
  ...more,
});

test.each([
  ['the same on both sides', made(), refund, undefined],
  ['a refund that we do not know', made(), null, 'UNKNOWN_REFUND'],
  ['another amount', made({ amount: other }), refund, 'REFUND_DIFFERS'],
  ['made there and failed here', made(), { ...refund, status: 'FAILED' } as Refund, 'REFUND_DIFFERS'],
  ['failed there and made here', made({ status: 'FAILED' }), refund, 'REFUND_DIFFERS'],
] as const)('refunds: %s', (_what, theirs, ours, kind) => {
  expect(compareRefund(theirs, ours)?.kind).toBe(kind);
});

test.each([
  ['an unknown charge', compareCharge(charge(), null), 2_400],
  ['a second charge', compareCharge(charge({ id: 'ch_2' }), captured), 2_400],
  ['a second charge of another amount', compareCharge(charge({ id: 'ch_2', amount: other }), captured), 1],
  ['a captured payment of another amount', compareCharge(charge({ amount: other }), captured), -2_399],
  ['a failed payment of another amount', compareCharge(charge({ amount: other }), declined), 1],
  ['another currency', compareCharge(charge({ amount: { ...amount, currency: 'USD' } }), captured), undefined],
  ['a denied capture', compareCharge(charge({ status: 'FAILED' }), captured), -2_400],
  ['a missing charge', missingCharge(captured), -2_400],
  ['an unknown refund', compareRefund(made(), null), -2_400],
  ['a missing refund', missingRefund(refund), 2_400],
  ['a refund of another amount', compareRefund(made({ amount: other }), refund), 2_399],
] as const)('the provider’s money over ours: %s', (_what, finding, difference) => {
  expect(finding && differenceOf(finding)?.amount).toBe(difference);
});
