import { latestConnection, latestPage } from '@marquee/subgraph';

import { allPreferences } from '../domain/preferences.ts';
import type { UserResolvers } from '../generated/resolvers.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  unreadNotificationCount: ({ id }, _args, { loaders }) => loaders.unreadCounts.load(id),
  notifications: async ({ id: userId }, args, { loaders }) => {
    const page = { ...latestPage(args), unreadOnly: args.unreadOnly ?? false };
    return latestConnection(await loaders.inbox(page).load(userId), page);
  },
  pushEndpoints: ({ id }, _args, { loaders }) => loaders.pushEndpoints.load(id),
  quietHours: ({ id }, _args, { loaders }) => loaders.quietHours.load(id),
  reminders: ({ id }, _args, { loaders }) => loaders.reminders.load(id),
  notificationPreferences: async ({ id }, _args, { loaders }) => allPreferences(await loaders.preferences.load(id)),
};
