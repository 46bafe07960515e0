import { Temporal } from 'temporal-polyfill';

export type BillingInterval = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** When something is due: at the anchor, and again after each interval by the clocks of a time zone. */
export interface BillingSchedule {
  readonly anchor: Date;
  readonly interval: BillingInterval;
  /** An IANA time zone. */
  readonly timeZone: string;
}

const UNITS = { DAY: 'days', WEEK: 'weeks', MONTH: 'months', YEAR: 'years' } as const;

/**
 * The instant that is `step` intervals after the anchor, at the anchor's local time of day.
 *
 * The anchor's day is kept: after 31 January comes the last day of February, then 31 March. A local time that clocks skip
 * is due as much later; of one that they repeat, the first is due.
 */
export function dueAt({ anchor, interval, timeZone }: BillingSchedule, step: number): Date {
  const due = localTime(anchor, timeZone).add({ [UNITS[interval]]: step }, { overflow: 'constrain' });
  return new Date(due.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** The first step, from `from` on, that is due after an instant. */
export function stepAfter(schedule: BillingSchedule, instant: Date, from: number): number {
  let step = Math.max(from, wholeIntervals(schedule, instant) - 1);
  while (dueAt(schedule, step) <= instant) step += 1;
  return step;
}

function wholeIntervals({ anchor, interval, timeZone }: BillingSchedule, instant: Date): number {
  const unit = UNITS[interval];
  return localTime(instant, timeZone).since(localTime(anchor, timeZone), { largestUnit: unit })[unit];
}

function localTime(instant: Date, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

/** Whether the runtime knows the time zone by this IANA name. Offsets such as `+02:00` have no clock changes and are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
