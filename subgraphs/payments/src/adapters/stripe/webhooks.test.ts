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

test('a dispute says what is withheld and for which fee; an inquiry, which withholds nothing, is none', () => {
  const dispute = {
    ...{ object: 'dispute', id: 'dp_1', payment_intent: 'pi_1', amount: 2_400, currency: 'eur', reason: 'fraudulent' },
    ...{ status: 'needs_response', balance_transactions: [{ fee: 2_000, currency: 'eur' }] },
  };
  const read = (more: object) => readEvent({ ...event, data: { object: { ...dispute, ...more } } });
  expect(read({})).toMatchObject({ dispute: { chargeId: 'pi_1', status: 'OPEN', fee: 2_000, reason: 'fraudulent' } });
  expect(read({ status: 'lost' })).toMatchObject({ dispute: { status: 'LOST', amount: { amount: 2_400 } } });
  expect(read({ status: 'warning_needs_response' })).toMatchObject({ unknown: true });
});

test('a charge on a connected account settles nothing: its owner was paid, not we', () => {
  const theirs = { ...event, account: 'acct_1' };
  expect(readEvent(theirs)).toEqual({ id: 'evt_1', type: event.type, payload: theirs, unknown: true });
});
