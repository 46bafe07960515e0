import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type BillingInterval, type BillingSchedule, dueAt, isTimeZone, stepAfter } from './calendar.ts';

const ZONES = [
  'America/Juneau',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'UTC',
];
const DAY_MS = 86_400_000;
const zones = fc.constantFrom(...ZONES);
const intervals = fc.constantFrom<BillingInterval>('DAY', 'WEEK', 'MONTH', 'YEAR');
const anchors = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });

const monthly = (anchor: string, timeZone = 'UTC'): BillingSchedule => ({
  ...{ anchor: new Date(anchor), interval: 'MONTH', timeZone },
});
const local = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
const days = (schedule: BillingSchedule, count: number): string[] =>
  Array.from({ length: count }, (_, step) => local(dueAt(schedule, step), schedule.timeZone).slice(0, 10));

test('the anchor’s day is kept over short months', () => {
  expect(days(monthly('2027-01-31T12:00:00Z'), 5)).toEqual([
    ...['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31'],
  ]);
  expect(days(monthly('2028-01-30T12:00:00Z'), 3)).toEqual(['2028-01-30', '2028-02-29', '2028-03-30']);
});

test('a year from a leap day ends on 28 February, and the fourth on the leap day', () => {
  const yearly = { ...monthly('2028-02-29T12:00:00Z'), interval: 'YEAR' as const };
  expect(days(yearly, 5)).toEqual(['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
});

test('what is due in an hour that clocks skip is due an hour later, and the next day at its own time', () => {
  const daily: BillingSchedule = {
    ...{ anchor: new Date('2027-03-13T11:30:00Z'), interval: 'DAY', timeZone: 'America/Juneau' },
  };
  expect([0, 1, 2].map((step) => local(dueAt(daily, step), daily.timeZone))).toEqual([
    ...['2027-03-13 02:30:00', '2027-03-14 03:30:00', '2027-03-15 02:30:00'],
  ]);
});

test('a day that a country skipped is not charged twice', () => {
  const daily: BillingSchedule = {
    ...{ anchor: new Date('2011-12-29T20:00:00Z'), interval: 'DAY', timeZone: 'Pacific/Apia' },
  };
  const dates: string[] = [];
  for (let step = 0; dates.length < 4; step = stepAfter(daily, dueAt(daily, step), step + 1)) {
    dates.push(local(dueAt(daily, step), daily.timeZone).slice(0, 10));
  }
  expect(dates).toEqual(['2011-12-29', '2011-12-31', '2012-01-01', '2012-01-02']);
});

test('every interval ends after it began, at the anchor’s local time unless clocks skip it', () => {
  fc.assert(
    fc.property(anchors, intervals, zones, fc.integer({ min: 0, max: 60 }), (anchor, interval, timeZone, step) => {
      const schedule = { anchor, interval, timeZone };
      const [from, to] = [dueAt(schedule, step), dueAt(schedule, step + 1)];
      const hours = (to.getTime() - from.getTime()) / 3_600_000;
      const [least, most] = { DAY: [22, 26], WEEK: [166, 170], MONTH: [671, 745], YEAR: [8_759, 8_785] }[interval] as [
        number,
        number,
      ];
      expect(hours).toBeGreaterThanOrEqual(least);
      expect(hours).toBeLessThanOrEqual(most);
      const shiftMs = Date.parse(`1970-01-01T${local(to, timeZone).slice(11)}Z`);
      const anchorMs = Date.parse(`1970-01-01T${local(anchor, timeZone).slice(11)}Z`);
      expect([0, 30 * 60_000, 60 * 60_000]).toContain((shiftMs - anchorMs + DAY_MS) % DAY_MS);
    }),
    { numRuns: 100 },
  );
});

test('in a year a daily schedule is due on each local day once, and a monthly one in each month once', () => {
  fc.assert(
    fc.property(anchors, zones, (anchor, timeZone) => {
      const daily = days({ anchor, interval: 'DAY', timeZone }, 366);
      expect(new Set(daily).size).toBe(366);
      const months = days({ anchor, interval: 'MONTH', timeZone }, 12).map((day) => day.slice(0, 7));
      expect(new Set(months).size).toBe(12);
    }),
    { numRuns: 3 },
  );
});

test('the step after an instant is the first that is due after it, however much was missed', () => {
  fc.assert(
    fc.property(
      anchors,
      intervals,
      zones,
      fc.integer({ min: 0, max: 400 * DAY_MS }),
      (anchor, interval, timeZone, ms) => {
        const schedule = { anchor, interval, timeZone };
        const instant = new Date(anchor.getTime() + ms);
        const step = stepAfter(schedule, instant, 0);
        expect(dueAt(schedule, step).getTime()).toBeGreaterThan(instant.getTime());
        expect(dueAt(schedule, step - 1).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(stepAfter(schedule, instant, step + 3)).toBe(step + 3);
      },
    ),
    { numRuns: 100 },
  );
});

test('a time zone is one that clocks are kept by', () => {
  expect(ZONES.filter((zone) => !isTimeZone(zone))).toEqual([]);
  expect(['Mars/Olympus', '+02:00', '', 'Europe/'].filter(isTimeZone)).toEqual([]);
});
