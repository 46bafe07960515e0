import { Temporal } from 'temporal-polyfill';

/** The days and hours at which support works in a city. */
export interface BusinessCalendar {
  /** IANA name. */
  readonly timeZone: string;
  /** @param date a day in the city, such as `2027-01-31` */
  isHoliday(date: string): boolean;
}

const OPENS = Temporal.PlainTime.from('09:00');
const CLOSES = Temporal.PlainTime.from('18:00');
/** By ISO number: Monday is 1. */
const LAST_WORKDAY = 6;
/** No calendar has a year without a business day; this ends the search in one that claims so. */
const MAX_DAYS = 366;

interface Opening {
  readonly from: number;
  readonly to: number;
}

/**
 * The moment at which support has worked for so long since `start`.
 *
 * @param ms not negative
 * @throws when the calendar has no business day within a year
 */
export function addBusinessTime(start: Date, ms: number, calendar: BusinessCalendar): Date {
  let left = ms;
  for (const { from, to } of openings(start, calendar)) {
    const begin = Math.max(from, start.getTime());
    if (begin + left <= to) return new Date(begin + left);
    left -= Math.max(0, to - begin);
  }
  throw new Error(`Support never works in ${calendar.timeZone}`);
}

/** The time for which support works between two moments, in milliseconds; 0 when `end` is not after `start`. */
export function businessTimeBetween(start: Date, end: Date, calendar: BusinessCalendar): number {
  let sum = 0;
  for (const { from, to } of openings(start, calendar)) {
    if (from >= end.getTime()) break;
    sum += Math.max(0, Math.min(to, end.getTime()) - Math.max(from, start.getTime()));
  }
  return sum;
}

/** The openings that end after `start`, in order, for as long as no year passes without one. */
function* openings(start: Date, calendar: BusinessCalendar): Generator<Opening> {
  let day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  for (let closed = 0; closed < MAX_DAYS; closed += 1) {
    const opening = openingOn(day, calendar);
    if (opening && opening.to > start.getTime()) {
      closed = 0;
      yield opening;
    }
    day = day.add({ days: 1 });
  }
}

function openingOn(day: Temporal.PlainDate, { timeZone, isHoliday }: BusinessCalendar): Opening | null {
  if (day.dayOfWeek > LAST_WORKDAY || isHoliday(day.toString())) return null;
  const [from, to] = [OPENS, CLOSES].map((plainTime) => day.toZonedDateTime({ timeZone, plainTime }));
  // Apia had no 30 December 2011: the times of a day that the clocks skip are moved to the next.
  if (!from || !to || !from.toPlainDate().equals(day)) return null;
  return { from: from.epochMilliseconds, to: to.epochMilliseconds };
}
