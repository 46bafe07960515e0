import { type Locale, localeOf } from '@marquee/messages';
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
  /** The locale that a person is written to in; English while accounts cannot be reached. */
  readonly locales: DataLoader<string, Locale>;
  /** The chosen preferences by user id. */
  readonly preferences: DataLoader<string, readonly NotificationPreference[]>;
}

export function loaders({ notifications, preferences, fetchPeople, log }: Deps): Loaders {
  const userOf = ({ userId }: { readonly userId: string }): string => userId;
  return {
    notifications: byId((ids) => notifications.findMany(ids)),
    unreadCounts: new DataLoader(async (userIds) => {
      const counts = await notifications.unreadCounts(userIds);
      return userIds.map((userId) => counts.get(userId) ?? 0);
    }),
    inbox: perArguments((page: InboxPage) => groupedBy((userIds) => notifications.ofUsers(userIds, page), userOf)),
    locales: new DataLoader(async (userIds) => {
      const people = await fetchPeople(userIds).catch((err: unknown) => {
        log.warn({ err }, 'accounts could not be asked for languages: texts are English');
        return [];
      });
      const known = new Map(people.map(({ id, locale }) => [id, locale]));
      return userIds.map((userId) => known.get(userId) ?? localeOf(null));
    }),
    preferences: groupedBy((userIds) => preferences.ofUsers(userIds), userOf),
  };
}
