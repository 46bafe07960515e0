import { dueAt } from './calendar.ts';
import { isTrialing, type Membership } from './mandate.ts';
import { ended, type MandateChange } from './renewal.ts';

/** The longest pause; a paused membership resumes by itself then. */
const PAUSE_MONTHS = 3;
/** A trial's end is announced this long before. */
const REMINDER_MS = 3 * 86_400_000;

/** Why a membership cannot be paused, resumed or moved to another plan now. */
export type MembershipRefusal =
  | 'SAME_PLAN'
  | 'OTHER_CURRENCY'
  | 'TRIALING'
  | 'PAST_DUE'
  | 'PAUSED'
  | 'NOT_PAUSED'
  | 'CANCELLED'
  | 'RENEWAL_UNDER_WAY';

/** When the job first looks at a trial: to announce its end, unless it is too short for that. */
export function trialReminderAt(trialEndsAt: Date, now: Date): Date {
  const reminder = new Date(trialEndsAt.getTime() - REMINDER_MS);
  return reminder > now ? reminder : trialEndsAt;
}

/** Cancels now, or at the end of the paid period or trial. Where none is running, that is now. */
export function cancelled(membership: Membership, atPeriodEnd: boolean, now: Date): MandateChange {
  const { status, periodEnd } = membership;
  if (!atPeriodEnd || status !== 'ACTIVE' || periodEnd <= now) return { ...ended('CANCELLED', now), cancelAt: now };
  return { cancelAt: periodEnd, nextActionAt: periodEnd };
}

/** Pauses: what is left of the period is kept. */
export function paused(membership: Membership, now: Date): MandateChange | MembershipRefusal {
  const { status, schedule, cancelAt } = membership;
  if (status === 'PAUSED' || status === 'PAST_DUE') return status;
  if (isTrialing(membership)) return 'TRIALING';
  if (cancelAt !== null) return 'CANCELLED';
  const resumesAt = dueAt({ ...schedule, interval: 'MONTH', anchor: now }, PAUSE_MONTHS);
  return { status: 'PAUSED', pausedAt: now, resumesAt, nextActionAt: resumesAt };
}

/** Ends a pause, or takes back a cancellation at the period's end. */
export function resumed(membership: Membership, now: Date): MandateChange | MembershipRefusal {
  const { status, cancelAt, pausedAt, periodStart, periodEnd, schedule } = membership;
  if (status === 'PAUSED' && pausedAt !== null && periodStart !== null) {
    const pausedMs = now.getTime() - pausedAt.getTime();
    const later = (instant: Date): Date => new Date(instant.getTime() + pausedMs);
    const anchor = later(periodEnd);
    const period = { periodStart: later(periodStart), periodEnd: anchor };
    const clock = { schedule: { ...schedule, anchor }, step: 0, nextActionAt: anchor };
    return { ...period, ...clock, status: 'ACTIVE', pausedAt: null, resumesAt: null };
  }
  if (cancelAt !== null) {
    return { cancelAt: null, ...(isTrialing(membership) && { nextActionAt: trialReminderAt(periodEnd, now) }) };
  }
  return 'NOT_PAUSED';
}
