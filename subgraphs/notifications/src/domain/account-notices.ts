import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice that somebody changed how an account is signed in to. Accounts mails it itself, to the address before too. */
export function accountChanged({ userId, change }: PayloadOf<'account.security-changed'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: change, values: {} }, never: ['EMAIL'] };
}

/** The notice that somebody tried to sign in to an account. */
export function signInAttempted({ userId, factor }: PayloadOf<'account.sign-in-attempted'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'signInAttempted', values: { factor } } };
}

/** The notice that the file of a person's data can be downloaded. */
export function dataExportReady({ userId }: PayloadOf<'account.data-export-ready'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'dataExportReady', values: {} } };
}

/** The notice that somebody else changed what one may do for an organisation. Who joins it has just accepted that. */
export function memberChanged(event: PayloadOf<'account.member-changed'>): Notice | null {
  const { userId, organisationId: id, role, previousRole, byUserId } = event;
  if (byUserId === userId || previousRole === null) return null;
  const message = { key: 'memberRole', values: { role: role ?? 'NONE' } } as const;
  return { userId, kind: 'ACCOUNT', bookingId: null, about: { type: 'ORGANISATION', id }, message };
}

/** The notice that an administrator changed what one may do. */
export function rolesChanged({ userId }: PayloadOf<'account.roles-changed'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'rolesChanged', values: {} } };
}

/** The notice that an administrator signed one out everywhere. */
export function sessionsEnded({ userId }: PayloadOf<'account.sessions-ended'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'sessionsEnded', values: {} } };
}

/** The notice that an account was suspended or restored. */
export function statusChanged({ userId, status }: PayloadOf<'account.status-changed'>): Notice {
  return { userId, kind: 'ACCOUNT', bookingId: null, message: { key: 'accountStatus', values: { status } } };
}
