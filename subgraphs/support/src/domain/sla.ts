import { addBusinessTime, type BusinessCalendar, businessTimeBetween } from './business-time.ts';
import type { SupportPriority } from './priority.ts';

/** The promises of a ticket: an agent's first answer, and its resolution. */
export type SlaTarget = 'FIRST_RESPONSE' | 'RESOLUTION';

/**
 * A promise that runs in business time. It runs while `dueAt` is set, is stopped while `leftMs` is, and is kept or missed
 * once `metAt` is.
 */
export interface SlaClock {
  readonly dueAt: Date | null;
  readonly warnAt: Date | null;
  /** The business time that was left when it stopped; negative when more was spent than is promised. */
  readonly leftMs: number | null;
  /** The business time that was spent beyond the promise when it last started. */
  readonly overMs: number;
  readonly metAt: Date | null;
  readonly warnedAt: Date | null;
  readonly breachedAt: Date | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TARGETS: Readonly<Record<SupportPriority, Readonly<Record<SlaTarget, number>>>> = {
  URGENT: { FIRST_RESPONSE: 30 * MINUTE_MS, RESOLUTION: 4 * HOUR_MS },
  HIGH: { FIRST_RESPONSE: HOUR_MS, RESOLUTION: 9 * HOUR_MS },
  NORMAL: { FIRST_RESPONSE: 4 * HOUR_MS, RESOLUTION: 18 * HOUR_MS },
  LOW: { FIRST_RESPONSE: 9 * HOUR_MS, RESOLUTION: 45 * HOUR_MS },
};
/** The part of the promised time that is left when the agent is warned. */
const WARNED_AT = 0.25;

/** The business time in which a target is promised. */
export function promisedMs(priority: SupportPriority, target: SlaTarget): number {
  return TARGETS[priority][target];
}

export function startClock(promised: number, now: Date, calendar: BusinessCalendar): SlaClock {
  const unset = { dueAt: null, warnAt: null, metAt: null, warnedAt: null, breachedAt: null, overMs: 0 };
  return resumeClock({ ...unset, leftMs: promised }, promised, now, calendar);
}

/** Stops a clock that runs. */
export function stopClock(clock: SlaClock, now: Date, calendar: BusinessCalendar): SlaClock {
  const { dueAt, overMs } = clock;
  if (dueAt === null) return clock;
  const untilDue = businessTimeBetween(now, dueAt, calendar) - businessTimeBetween(dueAt, now, calendar);
  return { ...clock, dueAt: null, warnAt: null, overMs: 0, leftMs: untilDue - overMs };
}

/** Lets a stopped clock go on with what was left. */
export function resumeClock(clock: SlaClock, promised: number, now: Date, calendar: BusinessCalendar): SlaClock {
  const { leftMs } = clock;
  if (leftMs === null || clock.metAt !== null) return clock;
  const untilWarning = Math.max(0, leftMs - promised * WARNED_AT);
  return {
    ...clock,
    leftMs: null,
    overMs: Math.max(0, -leftMs),
    dueAt: addBusinessTime(now, Math.max(0, leftMs), calendar),
    warnAt: addBusinessTime(now, untilWarning, calendar),
  };
}

/** The promise is kept, or late but done: the clock ends. */
export function endClock(clock: SlaClock, now: Date, calendar: BusinessCalendar): SlaClock {
  return clock.metAt === null ? { ...stopClock(clock, now, calendar), metAt: now } : clock;
}

/** Lets an ended clock go on, because the ticket is worked on again. */
export function reopenClock(clock: SlaClock): SlaClock {
  return { ...clock, metAt: null };
}

/** The clock under another promise: the time that has passed stays. */
export function changePromise(
  clock: SlaClock,
  { from, to }: { readonly from: number; readonly to: number },
  now: Date,
  calendar: BusinessCalendar,
): SlaClock {
  if (clock.metAt !== null) return clock;
  const stopped = stopClock(clock, now, calendar);
  const changed = { ...stopped, leftMs: (stopped.leftMs ?? 0) + to - from };
  return clock.dueAt === null ? changed : resumeClock(changed, to, now, calendar);
}

/** Records the warning and the breach whose time has come, each once. */
export function strikeClock(clock: SlaClock, now: Date): { clock: SlaClock; struck: 'WARNED' | 'BREACHED' | null } {
  const { dueAt, warnAt } = clock;
  if (dueAt !== null && dueAt <= now && clock.breachedAt === null) {
    return { clock: { ...clock, warnedAt: clock.warnedAt ?? now, breachedAt: dueAt }, struck: 'BREACHED' };
  }
  if (warnAt !== null && warnAt <= now && clock.warnedAt === null) {
    return { clock: { ...clock, warnedAt: now }, struck: 'WARNED' };
  }
  return { clock, struck: null };
}

/** When a running clock strikes next. */
export function nextStrike({ dueAt, warnAt, warnedAt, breachedAt }: SlaClock): Date | null {
  if (dueAt === null || breachedAt !== null) return null;
  return warnedAt === null ? warnAt : dueAt;
}
