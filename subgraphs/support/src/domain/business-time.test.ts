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
