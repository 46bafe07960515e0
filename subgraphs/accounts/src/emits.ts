import { eventMaker, id, instant, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** Events of accounts, keyed by the user's id. */
export const emits = {
  'account.registered': z.object({
    userId: id,
    email: z.string(),
    displayName: z.string(),
    locale: z.string().nullable(),
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
