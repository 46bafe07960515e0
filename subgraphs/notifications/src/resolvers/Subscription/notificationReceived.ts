import { notFound } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { notificationsChannel } from '../../events.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';

export const notificationReceived: SubscriptionResolvers['notificationReceived'] = {
  subscribe: (_parent, _args, { caller, deps, pubSub }) => {
    const userId = requireUser(caller);
    return pubSub.listen(notificationsChannel(userId), async ({ notificationId }: { notificationId: string }) => {
      const notification = await deps.notifications.find(notificationId);
      if (!notification) throw notFound('notification');
      return { notificationReceived: { notification, unreadCount: await deps.notifications.countUnread(userId) } };
    });
  },
};
