import type { NotificationResolvers } from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.notifications.load(id),
  booking: ({ bookingId }) => (bookingId === null ? null : { id: bookingId }),
};
