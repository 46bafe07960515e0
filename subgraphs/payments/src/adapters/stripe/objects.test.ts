import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { toCharge } from './objects.ts';

const intent = { id: 'pi_1', amount: 2_400, currency: 'eur', metadata: { reference: 'pay_1' }, next_action: null };
const chargeOf = (more: object) => toCharge({ ...intent, ...more } as unknown as Stripe.PaymentIntent);

test('an intent that awaits its first attempt has not failed; one that was declined has', () => {
  expect(chargeOf({ status: 'requires_payment_method', last_payment_error: null }).status).toBe('PROCESSING');
  const declined = { code: 'card_declined', decline_code: 'insufficient_funds' };
  expect(chargeOf({ status: 'requires_payment_method', last_payment_error: declined })).toMatchObject({
    ...{ status: 'FAILED', declineCode: 'insufficient_funds' },
  });
});

test('an intent names its card by the fingerprint that Stripe gives, also when it was declined', () => {
  const card = { fingerprint: 'Xt5EWLLDS7FJjR1c' };
  expect(chargeOf({ status: 'succeeded', payment_method: { id: 'pm_1', card } }).cardFingerprint).toBe(
    card.fingerprint,
  );
  const declined = { code: 'card_declined', payment_method: { id: 'pm_1', card } };
  const failed = { status: 'requires_payment_method', payment_method: null, last_payment_error: declined };
  expect(chargeOf(failed).cardFingerprint).toBe(card.fingerprint);
  expect(
    chargeOf({ status: 'succeeded', payment_method: 'pm_1', last_payment_error: null }).cardFingerprint,
  ).toBeNull();
});
