import { Temporal } from 'temporal-polyfill';

/** A part of each day, by the person's clocks, in which nothing is sent that can wait. */
export interface QuietHours {
  /** Such as `22:00`. */
  readonly from: string;
  /** Such as `07:00`; of the next day when it is not after `from`. */
  readonly until: string;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is a time of day, such as `07:00`. */
export function isTimeOfDay(text: string): boolean {
  return TIME.test(text);
}

/**
 * When the quiet hours at an instant end; null when it is in none.
 *
 * An end that clocks skip is as much later; of one that they repeat, the first counts.
 */
export function quietUntil({ from, until }: QuietHours, timeZone: string, now: Date): Date | null {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const time = here.toPlainTime();
  const [start, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(until)];
  const isAfterStart = Temporal.PlainTime.compare(time, start) >= 0;
  const isBeforeEnd = Temporal.PlainTime.compare(time, end) < 0;
  const spansMidnight = Temporal.PlainTime.compare(start, end) > 0;
  if (spansMidnight ? !isAfterStart && !isBeforeEnd : !isAfterStart || !isBeforeEnd) return null;
  const day = here.toPlainDate().add({ days: spansMidnight && isAfterStart ? 1 : 0 });
  const ends = new Date(day.toZonedDateTime({ timeZone, plainTime: end }).epochMilliseconds);
  return ends > now ? ends : null;
}
