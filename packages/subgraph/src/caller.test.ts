import { expect, test } from 'vitest';

import { ANONYMOUS, assertFreshSignIn, type UserCaller } from './caller.ts';

const signedIn: UserCaller = {
  kind: 'user',
  userId: 'usr_1',
  sessionId: 'ses_1',
  roles: [],
  scopes: [],
  authenticatedAt: new Date('2026-01-01T12:00:00Z'),
  emailVerified: true,
  expiresAt: new Date('2100-01-01'),
};

test('a sign-in is fresh for 15 minutes, then the person is asked to confirm who they are', () => {
  assertFreshSignIn(signedIn, new Date('2026-01-01T12:15:00Z'));
  const late = () => assertFreshSignIn(signedIn, new Date('2026-01-01T12:15:01Z'));
  expect(late).toThrow(
    expect.objectContaining({ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }),
  );
});

test('neither a service nor an anonymous caller has a fresh sign-in', () => {
  for (const caller of [ANONYMOUS, { kind: 'service', name: 'booking' } as const]) {
    expect(() => assertFreshSignIn(caller, new Date(0))).toThrow('Sign in to do this.');
  }
});
