import type { Locale } from '@marquee/messages';
import { byId, byKey, groupedBy, perArguments } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { InboxPage, Notification } from './domain/notification.ts';
import type { Reminder } from './domain/reminder.ts';
import type { PushEndpoint } from './domain/push-endpoint.ts';
import type { NotificationPreference } from './domain/preferences.ts';
import type { QuietHours } from './domain/quiet-hours.ts';
import { findLocales } from './use-cases/find-people.ts';

export interface Loaders {
  readonly notifications: DataLoader<string, Notification | null>;
  readonly unreadCounts: DataLoader<string, number>;
  /** A page of notifications by user id, up to one more than the page's limit. */
  inbox(page: InboxPage): DataLoader<string, readonly Notification[]>;
  /** The locale that a person is written to in; English while accounts cannot be reached. */
  readonly locales: DataLoader<string, Locale>;
  /** The quiet hours by user id. */
  readonly quietHours: DataLoader<string, QuietHours | null>;
  /** The chosen preferences by user id. */
  readonly preferences: DataLoader<string, readonly NotificationPreference[]>;
  /** By user id. */
  readonly pushEndpoints: DataLoader<string, readonly PushEndpoint[]>;
  /** By user id. */
  readonly reminders: DataLoader<string, readonly Reminder[]>;
}

export function loaders(deps: Deps): Loaders {
  const { notifications, preferences, pushEndpoints, reminders, quietHours, fetchPeople, log } = deps;
  const userOf = ({ userId }: { readonly userId: string }): string => userId;
  return {
    notifications: byId((ids) => notifications.findMany(ids)),
    unreadCounts: new DataLoader(async (userIds) => {
      const counts = await notifications.unreadCounts(userIds);
      return userIds.map((userId) => counts.get(userId) ?? 0);
    }),
    inbox: perArguments((page: InboxPage) => groupedBy((userIds) => notifications.ofUsers(userIds, page), userOf)),
    locales: new DataLoader(async (userIds) => {
      const localeOf = await findLocales({ fetchPeople, log }, userIds);
      return userIds.map(localeOf);
    }),
    quietHours: byKey((userIds) => quietHours.ofUsers(userIds), userOf),
    preferences: groupedBy((userIds) => preferences.ofUsers(userIds), userOf),
    pushEndpoints: groupedBy((userIds) => pushEndpoints.ofUsers(userIds), userOf),
    reminders: groupedBy((userIds) => reminders.ofUsers(userIds), userOf),
  };
}
