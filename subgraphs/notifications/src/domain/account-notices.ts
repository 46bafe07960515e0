import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

type Change = PayloadOf<'account.security-changed'>['change'];

const CHANGES: Readonly<Record<Change, { readonly title: string; readonly what: string }>> = {
  PASSWORD_CHANGED: { title: 'Your password was changed', what: 'The password of your account was changed.' },
  PASSWORD_RESET: { title: 'Your password was reset', what: 'Your password was reset through your email address.' },
  EMAIL_CHANGED: { title: 'Your email address was changed', what: 'You now sign in with another email address.' },
  TOTP_ENABLED: { title: 'Authenticator app added', what: 'Signing in now asks for a code of your authenticator app.' },
  TOTP_DISABLED: { title: 'Authenticator app removed', what: 'Signing in no longer asks for a code.' },
};

/** The notice that somebody changed how an account is signed in to. */
export function accountChanged({ userId, change }: PayloadOf<'account.security-changed'>): Notice {
  const { title, what } = CHANGES[change];
  const advice = 'Your other devices were signed out. If this was not you, reset your password now.';
  return { userId, kind: 'ACCOUNT', bookingId: null, title, body: `${what} ${advice}` };
}

const ATTEMPTS: Readonly<Record<PayloadOf<'account.sign-in-attempted'>['factor'], string>> = {
  PASSWORD:
    'Somebody entered wrong passwords for your account and did not get in. If it was not you, make sure that you use this password nowhere else.',
  SECOND_FACTOR:
    'Somebody entered your password and then wrong codes, and did not get in. If it was not you, change your password now.',
};

/** The notice that somebody tried to sign in to an account. */
export function signInAttempted({ userId, factor }: PayloadOf<'account.sign-in-attempted'>): Notice {
  const title = 'Somebody tried to sign in to your account';
  return { userId, kind: 'ACCOUNT', bookingId: null, title, body: ATTEMPTS[factor] };
}
