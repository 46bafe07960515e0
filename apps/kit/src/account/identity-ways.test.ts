import { expect, test } from 'vitest';

import { waysToConfirm } from './identity-ways.ts';

const passkeys = [{ id: 'pky_1' }];

test('an account that turned out to have no password is asked for its passkey, and for no password again', () => {
  const account = { secondFactors: [], passkeys };
  expect(waysToConfirm(account, false)).toEqual({ hasCode: false, hasPassword: true, hasPasskey: true });
  expect(waysToConfirm(account, true)).toEqual({ hasCode: false, hasPassword: false, hasPasskey: true });
});

test('a code takes the place of the password', () => {
  const account = { secondFactors: ['TOTP'], passkeys: null };
  expect(waysToConfirm(account, false)).toEqual({ hasCode: true, hasPassword: false, hasPasskey: false });
});
