import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';
import { dayText, moneyText } from './wording.ts';

/** Whether a failed payment is announced by its renewal, if at all: who subscribes is told on the spot. */
export function isOfMandate({ purpose }: PayloadOf<'payment.failed'>): boolean {
  return purpose === 'MEMBERSHIP' || purpose === 'RECURRING';
}

/** The notice that a membership or recurring payment was charged. */
export function renewed(event: PayloadOf<'payments.renewed'>): Notice {
  const next = dayText(new Date(event.nextChargeAt), event.timeZone);
  return {
    ...about(event),
    title: event.planName === null ? `${moneyText(event.amount)} added to your wallet` : `${event.planName} renewed`,
    body: `You paid ${moneyText(event.amount)}. The next charge is on ${next}.`,
  };
}

/** The notice that a charge was declined, and what happens next. */
export function renewalFailed(event: PayloadOf<'payments.renewal-failed'>): Notice {
  const { amount, planName, nextTryAt, timeZone } = event;
  const what = planName ?? 'Your recurring payment';
  const declined = `${moneyText(amount)} could not be charged.`;
  if (nextTryAt === null)
    return { ...about(event), title: `${what} has ended`, body: `${declined} It was the last try.` };
  const day = dayText(new Date(nextTryAt), timeZone);
  const advice = `It is tried again on ${day}. If you use another card now, save it as your default card.`;
  return { ...about(event), title: `${what} could not be renewed`, body: `${declined} ${advice}` };
}

/** The notice that a trial ends soon. */
export function trialEnding(event: PayloadOf<'payments.trial-ending'>): Notice {
  const day = dayText(new Date(event.endsAt), event.timeZone);
  return {
    ...about(event),
    title: `Your trial of ${event.planName ?? 'your plan'} ends soon`,
    body: `From ${day} on it costs ${moneyText(event.amount)}. Cancel before if you do not want to pay for it.`,
  };
}

const about = ({ customerId: userId }: { readonly customerId: string }) =>
  ({ userId, kind: 'PAYMENT', bookingId: null }) as const;
