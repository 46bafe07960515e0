import { z } from 'zod';

import { id, instant } from './values.ts';

/** What accounts tells; keyed by the user's id. */
export const accountsEvents = {
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
