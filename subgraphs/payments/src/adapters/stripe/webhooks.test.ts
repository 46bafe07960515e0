import { expect, test } from 'vitest';

import { readEvent } from './webhooks.ts';

const intent = {
  ...{ object: 'payment_intent', id: 'pi_1', status: 'succeeded', amount: 2_400, currency: 'eur' },
  ...{ metadata: { reference: 'pay_1' }, last_payment_error: null, next_action: null },
};
const event = { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: intent } };

test('a charge on our own account settles the payment that it refers to', () => {
  expect(readEvent(event)).toMatchObject({ charge: { reference: 'pay_1', status: 'SUCCEEDED' } });
});

test('a charge on a connected account settles nothing: its owner was paid, not we', () => {
  const theirs = { ...event, account: 'acct_1' };
  expect(readEvent(theirs)).toEqual({ id: 'evt_1', type: event.type, payload: theirs, unknown: true });
});
