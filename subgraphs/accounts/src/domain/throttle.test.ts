import { expect, test } from 'vitest';
import { loginLimits } from './throttle.ts';

const networks = (address: string) => loginLimits('a@example.com', address).map(({ subject }) => subject);

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
])('attempts from %s count for %s', (address, network) => {
  expect(networks(address)).toEqual(['login-account:a@example.com', `login-address:${network}`]);
});

test('where the address is not known, only the account counts', () => {
  expect(loginLimits('a@example.com', null)).toHaveLength(1);
});
