import { expect, test } from 'vitest';

import type { PaymentStatus, SettleablePayment } from './payment.ts';
import type { ProviderCharge } from './payment-provider.ts';
import { decideSettlement } from './settlement-decision.ts';

const amount = { amount: 2_400, currency: 'EUR' };

const payment = (status: PaymentStatus, more: Partial<SettleablePayment> = {}): SettleablePayment => ({
  ...{
    id: 'pay_1',
    customerId: 'usr_1',
    purpose: 'BOOKING',
    bookingId: 'lon_bkg_1',
    method: 'CARD',
    amount,
    status,
    sale: null,
  },
  ...{
    version: 0,
    refundedAmount: 0,
    cardSource: 'tok_visa',
    chargeId: null,
    actionUrl: null,
    returnUrl: null,
    offSession: false,
    declineCode: null,
    cardFingerprint: null,
  },
  ...{ deadline: new Date(0), busyUntil: null, createdAt: new Date(0), captured: false },
  ...more,
});

const charge = (status: ProviderCharge['status'], more: Partial<ProviderCharge> = {}): ProviderCharge => ({
  ...{ id: 'ch_1', reference: 'pay_1', amount, status, declineCode: null, actionUrl: null },
  cardFingerprint: null,
  ...more,
});

const decide = (from: PaymentStatus, reported: ProviderCharge['status'], more: Partial<SettleablePayment> = {}) =>
  decideSettlement(payment(from, more), charge(reported), 'sandbox');

const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;

test.each(['PROCESSING', 'REQUIRES_ACTION'] as const)('a %s payment ends in the state the provider reports', (from) => {
  for (const to of FINAL)
    expect(decide(from, to)).toMatchObject({ kind: 'update', update: { status: to, chargeId: 'ch_1' } });
  expect(decide(from, 'SUCCEEDED')).toMatchObject({ entry: { kind: 'CARD_PAYMENT' } });
  expect(decide(from, 'FAILED')).toMatchObject({ entry: null });
});

test('a payment keeps the fingerprint that an earlier answer gave of its card', () => {
  const first = decideSettlement(
    payment('PROCESSING'),
    charge('REQUIRES_ACTION', { cardFingerprint: 'fp_1' }),
    'sandbox',
  );
  expect(first).toMatchObject({ update: { cardFingerprint: 'fp_1' } });
  expect(decide('REQUIRES_ACTION', 'SUCCEEDED', { cardFingerprint: 'fp_1' })).toMatchObject({
    update: { cardFingerprint: 'fp_1' },
  });
});

test('a processing payment can come to require action, and never goes back', () => {
  const reported = charge('REQUIRES_ACTION', { actionUrl: 'https://pay.example/1' });
  expect(decideSettlement(payment('PROCESSING'), reported, 'sandbox')).toMatchObject({
    kind: 'update',
    update: { status: 'REQUIRES_ACTION', actionUrl: 'https://pay.example/1' },
  });
  expect(decide('REQUIRES_ACTION', 'PROCESSING')).toEqual({ kind: 'ignore' });
  const actionUrl = 'https://pay.example/1';
  expect(decideSettlement(payment('REQUIRES_ACTION', { actionUrl }), reported, 'sandbox')).toEqual({ kind: 'ignore' });
  expect(
    decideSettlement(payment('REQUIRES_ACTION', { actionUrl: 'https://old.example/1' }), reported, 'sandbox'),
  ).toMatchObject({
    update: { status: 'REQUIRES_ACTION', actionUrl },
  });
});

test('a processing charge is recorded once', () => {
  expect(decide('PROCESSING', 'PROCESSING')).toMatchObject({
    kind: 'update',
    update: { status: 'PROCESSING', chargeId: 'ch_1' },
  });
  expect(decide('PROCESSING', 'PROCESSING', { chargeId: 'ch_1' })).toEqual({ kind: 'ignore' });
});

test('a settled payment ignores outdated and repeated reports', () => {
  for (const from of FINAL) {
    for (const reported of ['PROCESSING', 'REQUIRES_ACTION', 'FAILED', 'CANCELLED'] as const) {
      expect(decide(from, reported)).toEqual({ kind: 'ignore' });
    }
  }
  expect(decide('SUCCEEDED', 'SUCCEEDED', { captured: true })).toEqual({ kind: 'ignore' });
});

test.each(['FAILED', 'CANCELLED'] as const)(
  'a charge that succeeds after the payment was %s is refunded once',
  (from) => {
    expect(decide(from, 'SUCCEEDED')).toMatchObject({
      kind: 'refund',
      update: { status: from, chargeId: 'ch_1' },
      entry: { kind: 'UNAPPLIED_CAPTURE' },
    });
    expect(decide(from, 'SUCCEEDED', { captured: true })).toEqual({ kind: 'ignore' });
  },
);

test('a charge with another reference, amount or currency settles nothing', () => {
  const others = [
    charge('SUCCEEDED', { reference: 'pay_2' }),
    charge('SUCCEEDED', { amount: { amount: 2_399, currency: 'EUR' } }),
    charge('SUCCEEDED', { amount: { amount: 2_400, currency: 'USD' } }),
  ];
  for (const other of others)
    expect(() => decideSettlement(payment('PROCESSING'), other, 'sandbox')).toThrow(/is not the charge/);
});
