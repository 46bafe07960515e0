import { expect, test } from 'vitest';

import { openingPriority } from './priority.ts';

const now = new Date('2027-01-04T10:00:00Z');
const booking = (hours: number, status = 'CONFIRMED') => ({
  status,
  startsAt: new Date(now.getTime() + hours * 60 * 60_000),
});

test.each([
  ['OTHER', null, 'LOW'],
  ['ACCOUNT', null, 'NORMAL'],
  ['BOOKING', booking(2), 'URGENT'],
  ['BOOKING', booking(40), 'HIGH'],
  ['BOOKING', booking(200), 'NORMAL'],
  ['BOOKING', booking(-1), 'NORMAL'],
  ['PAYMENT', booking(200, 'NEEDS_REVIEW'), 'HIGH'],
  ['PAYMENT', booking(200, 'PENDING_PAYMENT'), 'HIGH'],
] as const)('a ticket about %s is opened with the priority that its booking asks for', (category, about, priority) => {
  expect(openingPriority(category, about, now)).toBe(priority);
});
