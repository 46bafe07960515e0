import { expect, test } from 'vitest';

import { MAX_EVENTS_OF_A_NETWORK, NetworkAllowance } from './network-allowance.ts';

const at = (second: number) => new Date(Date.UTC(2027, 0, 31, 10, 0, second));

test('a network that floods is refused until the minute is over, and no other is', () => {
  const allowance = new NetworkAllowance({ rateLimits: true });
  for (let sent = 0; sent < MAX_EVENTS_OF_A_NETWORK; sent += 500) allowance.take('192.0.2.1', 500, at(0));
  expect(() => allowance.take('192.0.2.1', 1, at(20))).toThrow(
    expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 40 } }),
  );
  allowance.take('192.0.2.2', 500, at(20));
  allowance.take('192.0.2.1', 500, at(60));
});

test('without rate limits a network sends as much as it can', () => {
  const allowance = new NetworkAllowance({ rateLimits: false });
  for (let sent = 0; sent < 2 * MAX_EVENTS_OF_A_NETWORK; sent += 500) allowance.take('192.0.2.1', 500, at(0));
  expect(() => allowance.take('192.0.2.1', MAX_EVENTS_OF_A_NETWORK, at(0))).not.toThrow();
});
