import { expect, test } from 'vitest';

import { loginLimits, registerLimits, secondFactorLimits } from './attempt-limits.ts';

const SETTINGS = { signUpsPerNetwork: 30, loginsPerNetwork: 300 };
const network = '203.0.113.7';
const stranger = { network, knownDevice: null };
const subjects = (limits: readonly { subject: string }[]) => limits.map(({ subject }) => subject);

test('a login on an unknown device counts for its network, for the network on the account, and for the account', () => {
  expect(subjects(loginLimits(SETTINGS, 'a@example.com', stranger, null))).toEqual([
    'login:network:203.0.113.7',
    'login:a@example.com:network:203.0.113.7',
    'login:a@example.com',
  ]);
});

test('an account that exists has the same limits as one that does not', () => {
  const limits = (userId: string | null) =>
    loginLimits(SETTINGS, 'a@example.com', stranger, userId).map(({ guessed: _guessed, ...limit }) => limit);
  expect(limits('usr_1')).toEqual(limits(null));
});

test('on a known device neither logins nor codes count with those of others', () => {
  const known = { network, knownDevice: 'f1' };
  expect(subjects(loginLimits(SETTINGS, 'a@example.com', known, 'usr_1'))).toEqual(['login:a@example.com:device:f1']);
  expect(subjects(secondFactorLimits('usr_1', known))).toEqual(['second-factor:usr_1:device:f1']);
});

test('an unknown network has no limit over all accounts', () => {
  const unknown = { network: 'unknown', knownDevice: null };
  expect(subjects(loginLimits(SETTINGS, 'a@example.com', unknown, null))).toEqual([
    'login:a@example.com:network:unknown',
    'login:a@example.com',
  ]);
  expect(registerLimits(SETTINGS, 'unknown')).toEqual([]);
});
