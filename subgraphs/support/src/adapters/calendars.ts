import Holidays from 'date-holidays';

import type { BusinessCalendar } from '../domain/business-time.ts';
import type { Place } from '../domain/ticket.ts';

/** Business calendars of places, with their public holidays; a country that is not known has none. */
export class Calendars {
  /** Days by place and the year in which a holiday begins. */
  readonly #holidays = new Map<string, ReadonlySet<string>>();

  of({ country, region, timeZone }: Place): BusinessCalendar {
    const isIn = (year: number, date: string): boolean => this.#holidaysIn(country, region, year).has(date);
    return {
      timeZone,
      isHoliday: (date) => {
        const [year = 0, month = 0] = date.split('-').map(Number);
        // One that begins in December may last into January.
        return isIn(year, date) || (month === 1 && isIn(year - 1, date));
      },
    };
  }

  #holidaysIn(country: string, region: string | null, year: number): ReadonlySet<string> {
    const key = `${country}-${region ?? ''}-${year}`;
    const known = this.#holidays.get(key);
    if (known) return known;
    const found = new Holidays(country, region ?? '').getHolidays(year).filter(({ type }) => type === 'public');
    const days = new Set(found.flatMap(({ date, start, end }) => daysOf(date, end.getTime() - start.getTime())));
    this.#holidays.set(key, days);
    return days;
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** The days of a holiday, by the calendar of its country. @param date its first, such as `2027-01-31 00:00:00` */
function daysOf(date: string, ms: number): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(1, Math.round(ms / DAY_MS));
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}
