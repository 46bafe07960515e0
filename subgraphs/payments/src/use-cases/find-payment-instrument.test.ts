import { expect, test } from 'vitest';

import type { PayWith } from '../domain/payment-instrument.ts';
import { findPaymentInstrument } from './find-payment-instrument.ts';

const card = { id: 'pmt_1', customerId: 'usr_1', brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2034 };
const cards = {
  find: async (id: string, customerId: string) =>
    id === card.id && customerId === card.customerId ? { ...card, isDefault: true, providerRef: 'card_1' } : null,
};
const instrumentFor = (customerId: string, payWith: PayWith) => findPaymentInstrument({ cards }, customerId, payWith);

test('a card is charged by its token, a saved card by the provider’s reference', async () => {
  expect(await instrumentFor('usr_1', { cardToken: 'tok_visa' })).toEqual({ kind: 'CARD', source: 'tok_visa' });
  expect(await instrumentFor('usr_1', { paymentMethodId: 'pmt_1' })).toEqual({ kind: 'CARD', source: 'card_1' });
  expect(await instrumentFor('usr_1', { wallet: true })).toEqual({ kind: 'WALLET' });
});

test('another customer’s saved card is not found', async () => {
  await expect(instrumentFor('usr_2', { paymentMethodId: 'pmt_1' })).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
});

test.each([
  '',
  '   ',
  '4242424242424242',
  '4242 4242 4242 4242',
  '4242-4242-4242-4242',
  'x'.repeat(201),
  'tok_\u0000',
  'card_1',
  'cus_1/pm_1',
  'pm_1/pm_2',
  'tok_\ud800',
])('the token %j is refused', async (cardToken) => {
  await expect(instrumentFor('usr_1', { cardToken })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'input.with.cardToken' },
  });
});

test('a payment without an instrument is refused', async () => {
  await expect(instrumentFor('usr_1', { wallet: false })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
