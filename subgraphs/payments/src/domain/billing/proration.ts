import { allocate, type Money } from '@marquee/money';

import { dueAt } from './calendar.ts';
import { type InvoiceLine, periodText } from './invoice.ts';
import { isTrialing, type Membership } from './mandate.ts';
import type { MembershipPlan } from './membership-plan.ts';
import type { MembershipRefusal } from './membership-changes.ts';
import type { MandateChange } from './renewal.ts';

/** A move to another plan, and what it costs. */
export interface PlanChange {
  readonly change: MandateChange;
  /** Charged, or credited where negative. */
  readonly proration: Money;
  readonly lines: readonly InvoiceLine[];
}

/**
 * Moves a membership to another plan at once.
 *
 * The unused part of the running period is credited, to the millisecond. A plan of the same interval is charged for the
 * rest of the period; one of another interval begins a period of its own. A trial goes on and costs nothing.
 */
export function changePlan(
  membership: Membership,
  from: MembershipPlan,
  to: MembershipPlan,
  now: Date,
): PlanChange | MembershipRefusal {
  const refusal = refusalOf(membership, to);
  if (refusal) return refusal;
  const plan = { planId: to.id, price: to.price };
  const schedule = { ...membership.schedule, interval: to.interval };
  const { currency } = to.price;
  if (isTrialing(membership)) return { change: { ...plan, schedule }, proration: { amount: 0, currency }, lines: [] };
  const unused = -unusedPart(membership, membership.price.amount, now);
  const restarts = to.interval !== from.interval;
  const charged = restarts ? to.price.amount : unusedPart(membership, to.price.amount, now);
  const restart = restarts ? restarted({ ...schedule, anchor: now }) : null;
  const rest = (periodEnd: Date): string => periodText(now, periodEnd, schedule.timeZone);
  const lines = [
    { description: `${from.name}, unused: ${rest(membership.periodEnd)}`, amount: unused },
    { description: `${to.name}, ${rest(restart?.periodEnd ?? membership.periodEnd)}`, amount: charged },
  ];
  const proration = { amount: charged + unused, currency };
  return { change: { ...plan, ...restart }, proration, lines };
}

function refusalOf({ status, planId, price, cancelAt }: Membership, to: MembershipPlan): MembershipRefusal | null {
  if (planId === to.id) return 'SAME_PLAN';
  if (price.currency !== to.price.currency) return 'OTHER_CURRENCY';
  if (status === 'PAUSED' || status === 'PAST_DUE') return status;
  return cancelAt === null ? null : 'CANCELLED';
}

/** The part of an amount that falls to the rest of the period; the parts of both sides add up to it. */
function unusedPart({ periodStart, periodEnd }: Membership, amount: number, now: Date): number {
  const start = (periodStart ?? now).getTime();
  const at = Math.min(Math.max(now.getTime(), start), periodEnd.getTime());
  const [, unused = 0] = allocate(amount, [at - start, periodEnd.getTime() - at]);
  return unused;
}

function restarted(schedule: Membership['schedule']): MandateChange {
  const periodEnd = dueAt(schedule, 1);
  return { schedule, step: 1, periodStart: schedule.anchor, periodEnd, nextActionAt: periodEnd };
}
