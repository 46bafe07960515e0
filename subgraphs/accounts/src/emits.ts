import { code, eventMaker, id, instant, type PayloadsOf } from '@marquee/events';
import { ORGANISATION_ROLES } from '@marquee/identity';
import { z } from 'zod';

import { SECURITY_CHANGES } from './domain/security-change.ts';

const organisationRole = z.enum(ORGANISATION_ROLES);

/** Events of accounts, keyed by the user's id. */
export const emits = {
  /** The referral code is of the person who sent the invitation; accounts does not know whether there is one. */
  'account.registered': z.object({ userId: id, referralCode: code.optional() }),
  /** The owner is told of each. */
  'account.security-changed': z.object({ userId: id, change: z.enum(SECURITY_CHANGES) }),
  /** The person showed that mail to their address arrives. */
  'account.email-verified': z.object({ userId: id }),
  /** Somebody tried again and again to sign in to the account. Emitted once a day for each factor. */
  'account.sign-in-attempted': z.object({ userId: id, factor: z.enum(['PASSWORD', 'SECOND_FACTOR']) }),
  /** Everything about the person is to be erased, everywhere. Comes again days later, for what arrived late. */
  'account.erased': z.object({ userId: id }),
  /** A person's file of everything that is held about them can be downloaded. */
  'account.data-export-ready': z.object({ userId: id, exportId: id, expiresAt: instant }),
  /** The scopes of a person's roles from now on, without those of work for organisations. */
  'account.roles-changed': z.object({ userId: id, scopes: z.array(code) }),
  /** An administrator has signed the person out everywhere. */
  'account.sessions-ended': z.object({ userId: id }),
  'account.status-changed': z.object({ userId: id, status: z.enum(['ACTIVE', 'SUSPENDED']) }),
  /** Somebody works for an organisation from now on, in another role, or no more. */
  'account.member-changed': z.object({
    userId: id,
    organisationId: id,
    /** Null for who was removed or has left. */
    role: organisationRole.nullable(),
    /** Null for who joins; in events of before too. */
    previousRole: organisationRole.nullable().default(null),
    /** Who changed it, or invited. */
    byUserId: id,
  }),
  'account.session-revoked': z.object({
    sessionId: id,
    userId: id,
    /** When the session's last access token ends, and the revocation may be forgotten. */
    until: instant,
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
