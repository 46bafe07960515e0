import { expect, test } from 'vitest';

import { isAllowed, publicLookup } from './public-addresses.ts';

test('addresses of this machine, of private networks and of clouds’ metadata are not public', () => {
  const inner = [
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['::1', '::', 'fc00::1', 'fe80::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', 'ff02::1'],
    ...['224.0.0.1', '255.255.255.255', '2002:7f00:1::'],
  ];
  const outer = ['142.250.74.10', '2a00:1450:4001:80b::200a'];
  expect([...inner, ...outer].filter((address) => isAllowed(address, false))).toEqual(outer);
  expect([isAllowed('127.0.0.1', true), isAllowed('10.1.2.3', true)]).toEqual([true, false]);
});

test.each([{ all: true }, { all: false }])(
  'a name of this machine does not resolve, asked with %o',
  async (options) => {
    const failure = await new Promise((resolve) => {
      publicLookup(false)('localhost', options, (error) => resolve(error?.code));
    });
    expect(failure).toBe('ENOTPUBLIC');
  },
);
