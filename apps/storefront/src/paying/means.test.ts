import { expect, it } from 'vitest';

import { firstMeans, payWithInput, type SavedCard, walletFor } from './means.ts';

const card = (id: string, more: Partial<SavedCard> = {}): SavedCard => ({
  ...{ id, brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2034, default: false, expired: false },
  ...more,
});

it('offers the default card first, unless it has expired', () => {
  expect(firstMeans([card('a'), card('b', { default: true })])).toBe('b');
  expect(firstMeans([card('a'), card('b', { default: true, expired: true })])).toBe('a');
  expect(firstMeans([])).toBe('new');
});

it('pays from a wallet that has enough in the currency of the price', () => {
  const balances = [
    { amount: 500, currency: 'GBP' },
    { amount: 2_000, currency: 'EUR' },
  ];
  expect(walletFor(balances, { amount: 2_000, currency: 'EUR' }).covers).toBe(true);
  expect(walletFor(balances, { amount: 2_001, currency: 'EUR' }).covers).toBe(false);
  expect(walletFor(balances, { amount: 1, currency: 'INR' })).toEqual({ balance: undefined, covers: false });
});

it('names one means', () => {
  expect(payWithInput('wallet', 'tok_visa')).toEqual({ wallet: true });
  expect(payWithInput('new', 'tok_visa')).toEqual({ cardToken: 'tok_visa' });
  expect(payWithInput('card_1', 'tok_visa')).toEqual({ paymentMethodId: 'card_1' });
});
