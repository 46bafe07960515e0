import fc from 'fast-check';
import { expect, test } from 'vitest';

import { addBusinessTime, type BusinessCalendar, businessTimeBetween } from './business-time.ts';

const HOUR_MS = 60 * 60_000;
const ZONES = [
  ...['Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe'],
  ...['Africa/Casablanca', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Kiritimati'],
];

/** @param holidays days, or the numbers of the month that are holidays */
function calendar(timeZone: string, holidays: readonly string[] = []): BusinessCalendar {
  return { timeZone, isHoliday: (date) => holidays.some((day) => date.endsWith(day)) };
}

const at = (text: string): Date => new Date(text);
const added = (start: string, hours: number, days: BusinessCalendar): string =>
  addBusinessTime(at(start), hours * HOUR_MS, days).toISOString();

test.each([
  ['within a day', '2027-01-04T10:00:00Z', 2, 'Europe/London', [], '2027-01-04T12:00:00.000Z'],
  ['from before the opening', '2027-01-04T03:00:00Z', 1, 'Europe/London', [], '2027-01-04T10:00:00.000Z'],
  ['over a night', '2027-01-04T17:00:00Z', 2, 'Europe/London', [], '2027-01-05T10:00:00.000Z'],
  ['over a Sunday', '2027-01-02T17:00:00Z', 2, 'Europe/London', [], '2027-01-04T10:00:00.000Z'],
  ['over holidays', '2027-12-24T17:00:00Z', 2, 'Europe/London', ['12-25', '12-27'], '2027-12-28T10:00:00.000Z'],
  ['over a spring change', '2027-03-27T17:00:00Z', 2, 'Europe/London', [], '2027-03-29T09:00:00.000Z'],
  ['over an autumn change', '2027-10-30T16:00:00Z', 2, 'Europe/London', [], '2027-11-01T10:00:00.000Z'],
  ['at a quarter of an hour', '2027-01-04T11:00:00Z', 2, 'Asia/Kathmandu', [], '2027-01-05T04:00:00.000Z'],
  ['over a day that the clocks skipped', '2011-12-30T03:00:00Z', 2, 'Pacific/Apia', [], '2011-12-30T20:00:00.000Z'],
] as const)('business time passes %s', (_what, start, hours, zone, holidays, end) => {
  expect(added(start, hours, calendar(zone, holidays))).toBe(end);
});

const arbitrary = {
  start: fc.date({ min: at('2011-12-20T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true }),
  ms: fc.integer({ min: 0, max: 60 * HOUR_MS }),
  days: fc
    .tuple(
      fc.constantFrom(...ZONES),
      fc.uniqueArray(fc.constantFrom('-01', '-02', '-15', '-24', '-25'), { maxLength: 3 }),
    )
    .map(([zone, holidays]) => calendar(zone, holidays)),
};

test('the time between a start and what was added to it is what was added', () => {
  fc.assert(
    fc.property(arbitrary.start, arbitrary.ms, arbitrary.days, (start, ms, days) => {
      expect(businessTimeBetween(start, addBusinessTime(start, ms, days), days)).toBe(ms);
    }),
    { numRuns: 150 },
  );
});

const QUARTER_MS = HOUR_MS / 4;
const clocks = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    }),
  ]),
);

/** Quarters of an hour of work, looked at one by one: no time zone is off by less. */
function countedMs(start: Date, end: Date, { timeZone, isHoliday }: BusinessCalendar): number {
  let counted = 0;
  for (let time = start.getTime(); time < end.getTime(); time += QUARTER_MS) {
    const parts = clocks.get(timeZone)?.formatToParts(time) ?? [];
    const { weekday, year, month, day, hour } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
    const isOpen = Number(hour) >= 9 && Number(hour) < 18 && weekday !== 'Sun' && !isHoliday(`${year}-${month}-${day}`);
    if (isOpen) counted += QUARTER_MS;
  }
  return counted;
}

test('business time is what somebody counts who looks at the clock every quarter of an hour', () => {
  // Half of the periods are around a change of clocks, or the night that Apia skipped.
  const around = ['2026-03-29', '2026-10-25', '2027-04-04', '2027-10-03', '2026-03-08', '2011-12-30', '2026-12-31'];
  const start = fc
    .tuple(fc.constantFrom(...around), fc.integer({ min: -300, max: 100 }), fc.integer({ min: 0, max: 1_000 }))
    .map(([day, quarters, weeks]) => {
      const days = weeks < 500 ? 0 : weeks * 7;
      return new Date(at(`${day}T00:00:00Z`).getTime() + quarters * QUARTER_MS + days * 24 * HOUR_MS);
    });
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 400 }), arbitrary.days, (from, quarters, days) => {
      const to = new Date(from.getTime() + quarters * QUARTER_MS);
      expect(businessTimeBetween(from, to, days)).toBe(countedMs(from, to, days));
    }),
    { numRuns: 60 },
  );
});

test('adding twice is adding the sum', () => {
  fc.assert(
    fc.property(arbitrary.start, arbitrary.ms, arbitrary.ms, arbitrary.days, (start, first, second, days) => {
      const twice = addBusinessTime(addBusinessTime(start, first, days), second, days);
      expect(twice).toEqual(addBusinessTime(start, first + second, days));
    }),
    { numRuns: 100 },
  );
});

test('a deadline is within business hours', () => {
  fc.assert(
    fc.property(arbitrary.start, arbitrary.ms, fc.constantFrom(...ZONES), (start, ms, timeZone) => {
      const end = addBusinessTime(start, ms, calendar(timeZone));
      const clock = new Intl.DateTimeFormat('en-GB', {
        timeZone,
        hour: '2-digit',
        minute: '2-digit',
        weekday: 'short',
      });
      const [, weekday = '', hours = ''] = /(\w+),? (\S+)/.exec(clock.format(end)) ?? [];
      expect(weekday).not.toBe('Sun');
      expect(hours >= '09:00' && hours <= '18:00').toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a calendar without a business day is refused', () => {
  expect(() => addBusinessTime(at('2027-01-04T10:00:00Z'), 1, calendar('Europe/London', ['']))).toThrow('never works');
});
