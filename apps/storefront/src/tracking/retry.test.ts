import { expect, test } from 'vitest';

import { pauseMs, refusedEvent } from './retry.ts';

test('names the event that refuses its batch', () => {
  expect(refusedEvent({ code: 'BAD_USER_INPUT', field: 'events.3.showId' })).toBe(3);
  expect(refusedEvent({ code: 'BAD_USER_INPUT', field: 'events' })).toBeUndefined();
  expect(refusedEvent({ code: 'RATE_LIMITED', field: 'events.3' })).toBeUndefined();
});

test('waits as long as the server asks, else longer from attempt to attempt', () => {
  expect(pauseMs(0, { retryAfterSeconds: 7 })).toBe(7_000);
  expect(pauseMs(0, {}, 1)).toBe(5_000);
  expect(pauseMs(3, {}, 0)).toBe(20_000);
  expect(pauseMs(30, {}, 1)).toBe(300_000);
});
