import { dueAt, stepAfter } from './calendar.ts';
import { nextRetry } from './dunning.ts';
import type { Mandate, MandateState } from './mandate.ts';

/** The fields that a transition changes. */
export type MandateChange = Partial<MandateState>;

/**
 * The mandate after its due charge was paid.
 *
 * Charges that were missed meanwhile are not made up for: the next is the first that is due after now, and a membership's
 * period is the one that now is in.
 */
export function afterPaid({ schedule, step, sequence, planId }: Mandate, creditLeft: number, now: Date): MandateChange {
  const due = dueAt(schedule, step);
  const next = stepAfter(schedule, now > due ? now : due, step + 1);
  const nextActionAt = dueAt(schedule, next);
  const period = planId !== null && { periodStart: dueAt(schedule, next - 1), periodEnd: nextActionAt };
  return {
    ...{ status: 'ACTIVE', step: next, sequence: sequence + 1, failures: 0, credit: creditLeft, nextActionAt },
    ...period,
  };
}

/** The mandate after its due charge was declined: tried again, or over. The first charge is tried once. */
export function afterDeclined({ status, failures }: Mandate, now: Date): MandateChange {
  const nextActionAt = status === 'PENDING' ? null : nextRetry(failures + 1, now);
  if (nextActionAt === null) return { ...ended('EXPIRED', now), failures: failures + 1 };
  return { status: 'PAST_DUE', failures: failures + 1, nextActionAt };
}

/** The end of a mandate. */
export function ended(status: 'CANCELLED' | 'EXPIRED', now: Date): MandateChange {
  return { status, endedAt: now, nextActionAt: null };
}
