import { z } from 'zod';

import { id } from './values.ts';

/** What notifications tells; keyed by the user's id. */
export const notificationsEvents = {
  'notification.created': z.object({
    notificationId: id,
    userId: id,
    /** How many notifications the user has not read, this one included. */
    unreadCount: z.int(),
  }),
};
