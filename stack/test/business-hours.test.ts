import { createRequire } from 'node:module';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';

import { type CityRecord, seedPlaces } from '../../subgraphs/catalog/src/seed/places.ts';
import { Calendars } from '../../subgraphs/support/src/adapters/calendars.ts';
import {
  addBusinessTime,
  type BusinessCalendar,
  businessTimeBetween,
} from '../../subgraphs/support/src/domain/business-time.ts';

const { cityMapping } = createRequire(new URL('../../subgraphs/catalog/package.json', import.meta.url))(
  'city-timezones',
) as { cityMapping: CityRecord[] };
const calendars = new Calendars();
const cities = seedPlaces(cityMapping).map(({ city: { name, countryCode: country, region, timeZone } }) => ({
  ...{ name, timeZone, calendar: calendars.of({ country, region, timeZone }) },
}));
const HOUR_MS = 60 * 60_000;
/** A year with its turn, from a February to the next. */
const DAYS = Array.from({ length: 365 }, (_, index) => Temporal.PlainDate.from('2026-02-01').add({ days: index }));
const at = (day: Temporal.PlainDate, hour: number, timeZone: string): Date =>
  new Date(day.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) }).epochMilliseconds);
const isOpen = (day: Temporal.PlainDate, { isHoliday }: BusinessCalendar): boolean =>
  day.dayOfWeek < 7 && !isHoliday(day.toString());

/** The days of the year on which the clocks of a time zone change. */
function* changesOf(timeZone: string): Generator<Temporal.PlainDate> {
  let change = DAYS[0]?.toZonedDateTime(timeZone).getTimeZoneTransition('next') ?? null;
  while (change !== null && change.year === 2026) {
    yield change.toPlainDate();
    change = change.getTimeZoneTransition('next');
  }
}

test('every seeded city has public holidays, and not too many', () => {
  const odd = cities.flatMap(({ name, calendar }) => {
    const { length } = DAYS.filter((day) => calendar.isHoliday(day.toString()));
    return length >= 5 && length <= 30 ? [] : [`${name} has ${length}`];
  });
  expect([cities.length >= 20, odd]).toEqual([true, []]);
});

test.each(cities)('in $name a promise at the end of a year is kept in the next', ({ timeZone, calendar }) => {
  const open = DAYS.filter(({ month }) => month === 12 || month === 1).filter((day) => isOpen(day, calendar));
  const first = open.findIndex(({ year }) => year === 2027);
  const [last, next] = [open[first - 1], open[first]] as [Temporal.PlainDate, Temporal.PlainDate];
  expect(addBusinessTime(at(last, 17, timeZone), 2 * HOUR_MS, calendar)).toEqual(at(next, 10, timeZone));
});

test('a day on which the clocks of a seeded city change, and the next, have nine hours or none', () => {
  let changes = 0;
  for (const { timeZone, calendar } of cities) {
    for (const day of changesOf(timeZone)) {
      changes += 1;
      for (const open of [day, day.add({ days: 1 })]) {
        const worked = businessTimeBetween(at(open, 0, timeZone), at(open.add({ days: 1 }), 0, timeZone), calendar);
        expect(worked).toBe(isOpen(open, calendar) ? 9 * HOUR_MS : 0);
      }
    }
  }
  expect(changes).toBeGreaterThan(20);
});
