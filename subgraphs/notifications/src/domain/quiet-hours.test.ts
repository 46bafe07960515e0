import { expect, test } from 'vitest';

import { quietUntil } from './quiet-hours.ts';

const night = { from: '22:00', until: '07:00' };
const ends = (hours: typeof night, timeZone: string, now: string) =>
  quietUntil(hours, timeZone, new Date(now))?.toISOString() ?? null;

test('quiet hours are those of the person’s clocks, over midnight and not', () => {
  expect(ends(night, 'Asia/Kolkata', '2026-12-01T16:29:00Z')).toBeNull();
  expect(ends(night, 'Asia/Kolkata', '2026-12-01T16:30:00Z')).toBe('2026-12-02T01:30:00.000Z');
  expect(ends(night, 'Asia/Kolkata', '2026-12-02T01:29:00Z')).toBe('2026-12-02T01:30:00.000Z');
  expect(ends(night, 'Asia/Kolkata', '2026-12-02T01:30:00Z')).toBeNull();
  const noon = { from: '12:00', until: '14:00' };
  expect(ends(noon, 'America/New_York', '2026-12-01T17:30:00Z')).toBe('2026-12-01T19:00:00.000Z');
  expect(ends(noon, 'America/New_York', '2026-12-01T20:00:00Z')).toBeNull();
});

test('a night in which clocks change is as long as they show', () => {
  expect(ends(night, 'Europe/Berlin', '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(ends(night, 'Europe/Berlin', '2026-10-24T21:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
});

test('an end that clocks skip is as much later, and of one that they repeat the first counts', () => {
  const early = { from: '22:00', until: '02:30' };
  expect(ends(early, 'Europe/Berlin', '2026-03-29T00:30:00Z')).toBe('2026-03-29T01:30:00.000Z');
  expect(ends(early, 'Europe/Berlin', '2026-10-25T00:15:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(ends(early, 'Europe/Berlin', '2026-10-25T01:15:00Z'), 'at 02:15 again').toBeNull();
});
