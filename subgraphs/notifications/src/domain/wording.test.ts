import { expect, test } from 'vitest';

import { minutesText, moneyText, seatsText, timeText } from './wording.ts';

test('money is written in its currency, whatever its minor units', () => {
  expect(moneyText({ amount: 2756, currency: 'GBP' })).toBe('£27.56');
  expect(moneyText({ amount: 123_456_700, currency: 'EUR' })).toBe('€1,234,567.00');
  expect(moneyText({ amount: 1500, currency: 'JPY' })).toBe('JP¥1,500');
  expect(moneyText({ amount: 12_345, currency: 'KWD' }).replaceAll('\u00a0', ' ')).toBe('KWD 12.345');
});

test('a time is the one on the clocks of the place', () => {
  const instant = new Date('2026-12-04T19:30:00.000Z');
  expect(timeText(instant, 'Europe/London')).toBe('Friday, 4 December 2026 at 19:30');
  expect(timeText(instant, 'Australia/Sydney')).toBe('Saturday, 5 December 2026 at 06:30');
  expect(timeText(new Date('2026-06-30T22:00:00.000Z'), 'Asia/Kolkata')).toBe('Wednesday, 1 July 2026 at 03:30');
  expect(timeText(new Date('2027-01-01T05:00:00.000Z'), 'America/New_York')).toBe('Friday, 1 January 2027 at 00:00');
});

test('seats and minutes are counted as people do', () => {
  expect([seatsText(['C7']), seatsText(['C7', 'C8', 'C9'])]).toEqual(['Seat C7', 'Seats C7, C8 and C9']);
  expect([20_000, 61_000, 119_500].map(minutesText)).toEqual(['1 minute', '1 minute', '2 minutes']);
});
