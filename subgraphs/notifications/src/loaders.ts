import { byId, groupedBy, perArguments } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { InboxPage, Notification } from './domain/notification.ts';
import type { NotificationPreference } from './domain/preferences.ts';

export interface Loaders {
  readonly notifications: DataLoader<string, Notification | null>;
  readonly unreadCounts: DataLoader<string, number>;
  /** A page of notifications by user id, up to one more than the page's limit. */
  inbox(page: InboxPage): DataLoader<string, readonly Notification[]>;
  /** The chosen preferences by user id. */
  readonly preferences: DataLoader<string, readonly NotificationPreference[]>;
}

export function loaders({ notifications, preferences }: Pick<Deps, 'notifications' | 'preferences'>): Loaders {
  const userOf = ({ userId }: { readonly userId: string }): string => userId;
  return {
    notifications: byId((ids) => notifications.findMany(ids)),
    unreadCounts: new DataLoader(async (userIds) => {
      const counts = await notifications.unreadCounts(userIds);
      return userIds.map((userId) => counts.get(userId) ?? 0);
    }),
    inbox: perArguments((page: InboxPage) => groupedBy((userIds) => notifications.ofUsers(userIds, page), userOf)),
    preferences: groupedBy((userIds) => preferences.ofUsers(userIds), userOf),
  };
}
