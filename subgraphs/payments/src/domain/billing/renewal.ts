import { dueAt, stepAfter } from './calendar.ts';
import { nextRetry } from './dunning.ts';
import type { Mandate, MandateState } from './mandate.ts';

/** The fields that a transition changes. */
export type MandateChange = Partial<MandateState>;

/**
 * The step after the one that is paid now. Charges that were missed meanwhile are not made up for: it is the first that is
 * due after now, and the period that is paid is the one that now is in.
 */
export function nextStep({ schedule, step }: Pick<Mandate, 'schedule' | 'step'>, now: Date): number {
  const due = dueAt(schedule, step);
  return stepAfter(schedule, now > due ? now : due, step + 1);
}

/** The mandate after its due charge was paid. */
export function afterPaid(mandate: Mandate, creditLeft: number, now: Date): MandateChange {
  const { schedule, sequence, planId } = mandate;
  const next = nextStep(mandate, now);
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
