import { id, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** Events of notifications, keyed by the user's id. */
export const emits = {
  'notification.created': z.object({
    notificationId: id,
    userId: id,
    /** Unread notifications, including this one. */
    unreadCount: z.int(),
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}
