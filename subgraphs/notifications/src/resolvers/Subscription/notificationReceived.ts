import { notFound } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import type { Notification } from '../../domain/notification.ts';
import { notificationsChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

/** The most missed notifications that are sent; older ones are in the inbox. */
const MAX_MISSED = 20;

export const notificationReceived: SubscriptionResolvers['notificationReceived'] = {
  subscribe: async (_parent, _args, { caller, deps: { notifications }, pubSub }) => {
    const userId = requireUser(caller);
    const eventOf = (notification: Notification, unreadCount: number) => ({
      notificationReceived: { notification, unreadCount },
    });
    return pubSub.listen({
      channel: notificationsChannel(userId),
      version: await notifications.latestVersion(userId),
      isGapless: true,
      eventOf: async ({ notificationId }: { notificationId: string }) => {
        const notification = await notifications.find(notificationId);
        if (!notification) throw notFound('notification');
        return eventOf(notification, await notifications.countUnread(userId));
      },
      missedSince: async (version) => {
        const missed = await notifications.findSince(userId, version, MAX_MISSED);
        const unreadCount = await notifications.countUnread(userId);
        return missed.map((notification) => eventOf(notification, unreadCount));
      },
      versionOf: ({ notificationReceived: { notification } }) => notification.version,
    });
  },
};
