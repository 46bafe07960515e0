import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice that somebody changed how an account is signed in to. */
export function accountChanged({ userId, change }: PayloadOf<'account.security-changed'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: change, values: {} } };
}

/** The notice that somebody tried to sign in to an account. */
export function signInAttempted({ userId, factor }: PayloadOf<'account.sign-in-attempted'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'signInAttempted', values: { factor } } };
}
