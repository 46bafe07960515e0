import { expect, test } from 'vitest';

import { networkOf } from '../src/index.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001::', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::203.0.113.7', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:203.0.113.7%eth0', '203.0.113.7'],
  ['', ''],
  ['unknown', 'unknown'],
  ['203.0.113', '203.0.113'],
  ['2001:db8::1::', '2001:db8::1::'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('what is no address is cut to 64 characters', () => {
  expect(networkOf('x'.repeat(100_000))).toBe('x'.repeat(64));
});

test('all addresses of a /64 count as one, and those of the next as another', () => {
  const networks = new Set(Array.from({ length: 100 }, (_, host) => networkOf(`2001:db8:0:1:${host.toString(16)}::9`)));
  expect(networks).toEqual(new Set(['2001:db8:0:1::/64']));
  expect(networkOf('2001:db8:0:2::')).not.toBe('2001:db8:0:1::/64');
});
