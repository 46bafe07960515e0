import type { NewEvent } from '@marquee/events';

import { type Mandate, isMembership, type Membership, nextDueAt, statusOf } from '../../domain/billing/mandate.ts';
import type { MembershipPlan } from '../../domain/billing/membership-plan.ts';
import { newEvent } from '../../emits.ts';

/** Tells other domains what a membership is worth now; nothing for one that awaits its first payment. */
export function membershipChanged(mandate: Mandate, { id: planId, benefits }: MembershipPlan): NewEvent[] {
  if (!isMembership(mandate) || mandate.status === 'PENDING') return [];
  const { id: membershipId, customerId, periodEnd } = mandate;
  const status = statusOf(mandate);
  const until = { periodEnd: periodEnd.toISOString() };
  return [
    newEvent('payments.membership-changed', membershipId, {
      ...{ membershipId, customerId, planId, status, ...until, ...benefits },
    }),
  ];
}

/** A charge by itself, without the customer present, went through. */
export function renewed(mandate: Mandate, plan: MembershipPlan | null, amount: number): NewEvent {
  const next = nextDueAt(mandate).toISOString();
  return newEvent('payments.renewed', mandate.id, { ...about(mandate, plan, amount), nextChargeAt: next });
}

/** A charge by itself was declined. `nextTryAt` is null after the last attempt, when the mandate has expired. */
export function renewalFailed(mandate: Mandate, plan: MembershipPlan | null, amount: number): NewEvent {
  const nextTryAt = mandate.nextActionAt?.toISOString() ?? null;
  return newEvent('payments.renewal-failed', mandate.id, { ...about(mandate, plan, amount), nextTryAt });
}

/** A trial ends soon and will be charged. */
export function trialEnding(membership: Membership, plan: MembershipPlan): NewEvent {
  const endsAt = membership.periodEnd.toISOString();
  const { amount } = membership.price;
  return newEvent('payments.trial-ending', membership.id, { ...about(membership, plan, amount), endsAt });
}

function about(
  { id: mandateId, customerId, purpose, price, schedule }: Mandate,
  plan: MembershipPlan | null,
  amount: number,
) {
  return {
    ...{ mandateId, customerId, purpose, timeZone: schedule.timeZone },
    amount: { amount, currency: price.currency },
    planName: plan?.name ?? null,
  };
}
