import { expect, test } from 'vitest';

import { loginLimits } from './attempt-limits.ts';

const networks = (address: string) => loginLimits('a@example.com', address).map(({ subject }) => subject);

test.each([
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
])('attempts from %s count towards %s', (address, network) => {
  expect(networks(address)).toEqual(['login-account:a@example.com', `login-address:${network}`]);
});

test('without a network address only the account is limited', () => {
  expect(loginLimits('a@example.com', null)).toHaveLength(1);
});
