import { expect, test } from 'vitest';

import { addDays, clockOf, clocksOf, dayOf, momentOf, weekOf } from './dates.ts';

test('a week begins on Monday', () => {
  expect(weekOf('2026-12-06')).toBe('2026-11-30');
  expect(weekOf('2026-11-30')).toBe('2026-11-30');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test('the day and the time are those of the venue', () => {
  expect(dayOf('2026-12-04T19:30:00Z', 'Asia/Kolkata')).toBe('2026-12-05');
  expect(clockOf('2026-12-04T19:30:00Z', 'Asia/Kolkata')).toBe('01:00');
  expect(momentOf('2026-12-05', '01:00', 'Asia/Kolkata')).toBe('2026-12-04T19:30:00.000Z');
});

test('clocks that change between two days are respected', () => {
  expect(momentOf('2026-10-24', '20:00', 'Europe/Berlin')).toBe('2026-10-24T18:00:00.000Z');
  expect(momentOf('2026-10-25', '20:00', 'Europe/Berlin')).toBe('2026-10-25T19:00:00.000Z');
  expect(momentOf('2026-03-08', '03:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
});

test('reads times as people type them', () => {
  expect(clocksOf('20:30, 9.15  18')).toEqual(['09:15', '18:00', '20:30']);
  expect(clocksOf('25:00')).toBeNull();
  expect(clocksOf('')).toEqual([]);
});
