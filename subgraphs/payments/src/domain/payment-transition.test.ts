import { expect, test } from 'vitest';

import type { PaymentStatus } from './payment.ts';
import type { ProviderCharge } from './payment-provider.ts';
import type { LockedPayment } from './ports.ts';
import { stepFor } from '../use-cases/settle-payment.ts';

const amount = { amount: 2_400, currency: 'EUR' };

const payment = (status: PaymentStatus, more: Partial<LockedPayment> = {}): LockedPayment => ({
  ...{ id: 'pay_1', customerId: 'usr_1', purpose: 'BOOKING', bookingId: 'lon_bkg_1', method: 'CARD', amount, status },
  ...{ refundedAmount: 0, cardSource: 'tok_visa', chargeId: null, actionUrl: null, declineCode: null },
  ...{ deadline: new Date(0), busyUntil: null, createdAt: new Date(0), captured: false },
  ...more,
});

const charge = (status: ProviderCharge['status'], more: Partial<ProviderCharge> = {}): ProviderCharge => ({
  ...{ id: 'ch_1', reference: 'pay_1', amount, status, declineCode: null, actionUrl: null },
  ...more,
});

const step = (from: PaymentStatus, told: ProviderCharge['status'], more: Partial<LockedPayment> = {}) =>
  stepFor(payment(from, more), charge(told), 'sandbox');

const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;

test.each(['PROCESSING', 'REQUIRES_ACTION'] as const)('a payment that is %s ends as the provider says', (from) => {
  for (const to of FINAL)
    expect(step(from, to)).toMatchObject({ kind: 'move', move: { status: to, chargeId: 'ch_1' } });
  expect(step(from, 'SUCCEEDED')).toMatchObject({ entry: { kind: 'CARD_PAYMENT' } });
  expect(step(from, 'FAILED')).toMatchObject({ entry: null });
});

test('a processing payment may come to wait for its customer, and never goes back', () => {
  const told = charge('REQUIRES_ACTION', { actionUrl: 'https://pay.example/1' });
  expect(stepFor(payment('PROCESSING'), told, 'sandbox')).toMatchObject({
    kind: 'move',
    move: { status: 'REQUIRES_ACTION', actionUrl: 'https://pay.example/1' },
  });
  expect(step('REQUIRES_ACTION', 'PROCESSING')).toEqual({ kind: 'nothing' });
  const actionUrl = 'https://pay.example/1';
  expect(stepFor(payment('REQUIRES_ACTION', { actionUrl }), told, 'sandbox')).toEqual({ kind: 'nothing' });
  expect(stepFor(payment('REQUIRES_ACTION', { actionUrl: 'https://old.example/1' }), told, 'sandbox')).toMatchObject({
    move: { status: 'REQUIRES_ACTION', actionUrl },
  });
});

test('a charge that is processing is remembered, once', () => {
  expect(step('PROCESSING', 'PROCESSING')).toMatchObject({
    kind: 'move',
    move: { status: 'PROCESSING', chargeId: 'ch_1' },
  });
  expect(step('PROCESSING', 'PROCESSING', { chargeId: 'ch_1' })).toEqual({ kind: 'nothing' });
});

test('an ended payment is not moved by anything older or repeated', () => {
  for (const from of FINAL) {
    for (const told of ['PROCESSING', 'REQUIRES_ACTION', 'FAILED', 'CANCELLED'] as const) {
      expect(step(from, told)).toEqual({ kind: 'nothing' });
    }
  }
  expect(step('SUCCEEDED', 'SUCCEEDED', { captured: true })).toEqual({ kind: 'nothing' });
});

test.each(['FAILED', 'CANCELLED'] as const)('a success after the payment was %s is given back, once', (from) => {
  expect(step(from, 'SUCCEEDED')).toMatchObject({
    kind: 'give-back',
    move: { status: from, chargeId: 'ch_1' },
    entry: { kind: 'UNAPPLIED_CAPTURE' },
  });
  expect(step(from, 'SUCCEEDED', { captured: true })).toEqual({ kind: 'nothing' });
});

test('a charge of another payment, amount or currency settles nothing', () => {
  const others = [
    charge('SUCCEEDED', { reference: 'pay_2' }),
    charge('SUCCEEDED', { amount: { amount: 2_399, currency: 'EUR' } }),
    charge('SUCCEEDED', { amount: { amount: 2_400, currency: 'USD' } }),
  ];
  for (const other of others)
    expect(() => stepFor(payment('PROCESSING'), other, 'sandbox')).toThrow(/is not the charge/);
});
