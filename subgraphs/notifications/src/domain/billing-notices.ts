import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** Decline codes that are explained to the customer. A provider's own codes are not. */
const EXPLAINED = [
  'insufficient_funds',
  'card_declined',
  'invalid_card',
  'expired_card',
  'authentication_failed',
] as const;

/** The notice of a failed payment. */
export function paymentFailed(event: PayloadOf<'payment.failed'>): Notice {
  const { customerId: userId, bookingId, amount, purpose, declineCode, titleName = null } = event;
  const decline = EXPLAINED.find((code) => code === declineCode) ?? 'unknown';
  const message =
    purpose === 'WALLET_TOP_UP'
      ? ({ key: 'topUpFailed', values: { amount, decline } } as const)
      : ({ key: 'paymentFailed', values: { amount, decline, titleName } } as const);
  return { userId, kind: 'PAYMENT', bookingId, message };
}

/** The notice of a refund. */
export function paymentRefunded(event: PayloadOf<'payment.refunded'>): Notice {
  const { customerId: userId, bookingId, amount, refundId: id } = event;
  const method = event.method === 'WALLET' ? 'WALLET' : 'CARD';
  const message = { key: 'refunded', values: { amount, method } } as const;
  return { userId, kind: 'PAYMENT', bookingId, about: { type: 'REFUND', id }, message };
}

/** Whether a failed payment is announced by its renewal, if at all: who subscribes is told on the spot. */
export function isOfMandate({ purpose }: PayloadOf<'payment.failed'>): boolean {
  return purpose === 'MEMBERSHIP' || purpose === 'RECURRING';
}

/** The notice that a membership or recurring payment was charged. */
export function renewed(event: PayloadOf<'payments.renewed'>): Notice {
  const { amount, planName, nextChargeAt: at, timeZone } = event;
  return ofMandate(event, { key: 'renewed', values: { amount, planName, next: { at, timeZone } } });
}

/** The notice that a charge was declined, and what happens next. */
export function renewalFailed(event: PayloadOf<'payments.renewal-failed'>): Notice {
  const { amount, planName, nextTryAt, timeZone } = event;
  if (nextTryAt === null) return ofMandate(event, { key: 'renewalEnded', values: { amount, planName } });
  const nextTry = { at: nextTryAt, timeZone };
  return ofMandate(event, { key: 'renewalFailed', values: { amount, planName, nextTry } });
}

/** The notice that a trial ends soon. */
export function trialEnding(event: PayloadOf<'payments.trial-ending'>): Notice {
  const { amount, planName, endsAt, timeZone } = event;
  const ends = { at: endsAt, timeZone };
  return ofMandate(event, { key: 'trialEnding', values: { amount, planName, ends } });
}

type OfMandate = Pick<PayloadOf<'payments.renewed'>, 'mandateId' | 'customerId' | 'purpose'>;

function ofMandate({ mandateId: id, customerId: userId, purpose }: OfMandate, message: Notice['message']): Notice {
  const type = purpose === 'MEMBERSHIP' ? 'MEMBERSHIP' : 'RECURRING_PAYMENT';
  return { userId, kind: 'PAYMENT', bookingId: null, about: { type, id }, message };
}
