import { expect, test } from 'vitest';

import { dayAfter, dayIn, daysFrom, isDay } from './days.ts';

test('tells the day by the clocks of a place', () => {
  const at = new Date('2026-11-30T23:30:00Z');
  expect(dayIn('Europe/Berlin', at)).toBe('2026-12-01');
  expect(dayIn('America/New_York', at)).toBe('2026-11-30');
});

test('counts days across months and changes of the clock', () => {
  expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(daysFrom('2026-10-24', 3)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
});

test('knows a day from other texts', () => {
  expect(isDay('2026-12-04')).toBe(true);
  expect(isDay('2026-13-04')).toBe(false);
  expect(isDay('tomorrow')).toBe(false);
  expect(isDay(null)).toBe(false);
});
