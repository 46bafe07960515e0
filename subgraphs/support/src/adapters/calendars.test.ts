import { expect, test } from 'vitest';

import { Calendars } from './calendars.ts';

const calendars = new Calendars();
const isHoliday = (country: string, region: string | null, date: string) =>
  calendars.of({ country, region, timeZone: 'UTC' }).isHoliday(date);

test.each([
  ['GB', 'ENG', '2027-12-25', true],
  ['GB', 'SCT', '2027-11-30', true],
  ['GB', 'ENG', '2027-11-30', false],
  ['DE', 'BY', '2027-01-06', true],
  ['DE', 'BE', '2027-01-06', false],
  ['AE', null, '2026-03-21', true],
  // Incwala begins on 28 December and lasts six days.
  ['SZ', null, '2027-01-02', true],
  ['ZZ', null, '2027-01-01', false],
])('the holidays of %s-%s: %s is one: %s', (country, region, date, expected) => {
  expect(isHoliday(country, region, date)).toBe(expected);
});
