import { connection, pageArguments } from '@marquee/subgraph';

import type { UserResolvers } from '../generated/resolvers.ts';
import { cursorKey, listPosition } from './list-position.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  unreadNotificationCount: ({ id }, _args, { loaders }) => loaders.unreadCounts.load(id),
  notifications: async ({ id: userId }, args, { loaders }) => {
    const page = pageArguments(args, 2);
    const after = page.after && listPosition(page.after);
    const unreadOnly = args.unreadOnly ?? false;
    const found = await loaders.pages.load({ userId, limit: page.limit, after, unreadOnly });
    return connection(found, page, cursorKey);
  },
  notificationPreferences: ({ id }, _args, { loaders }) => loaders.preferences.load(id),
};
