import { expect, test } from 'vitest';

import { DEFAULT_RETRY, retryDelayMs } from './retry.ts';

test('the delay doubles with each failure, up to the longest', () => {
  const policy = { attempts: 10, firstDelayMs: 100, maxDelayMs: 1_000 };
  expect([1, 2, 3, 4, 5, 60].map((attempts) => retryDelayMs(policy, attempts))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
});

test('by default an event has more than a minute to succeed', () => {
  const delays = Array.from({ length: DEFAULT_RETRY.attempts - 1 }, (_, made) => retryDelayMs(DEFAULT_RETRY, made + 1));
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(60_000);
});
