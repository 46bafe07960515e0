import { notFound } from '@marquee/errors';

import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { notificationsChannel } from '../../push.ts';
import { signedInUser } from '../signed-in-user.ts';

export const notificationReceived: SubscriptionResolvers['notificationReceived'] = {
  subscribe: (_parent, _args, { caller, notifications, pubSub }) =>
    pubSub.listen(
      notificationsChannel(signedInUser(caller)),
      async ({ notificationId }: { notificationId: string }) => {
        const received = await notifications.received(notificationId);
        if (!received) throw notFound('notification');
        return { notificationReceived: received };
      },
    ),
};
