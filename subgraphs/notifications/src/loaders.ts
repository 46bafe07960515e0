import DataLoader from 'dataloader';

import type { InboxPage, Notification } from './domain/notification.ts';
import { allPreferences, type NotificationPreference } from './domain/preferences.ts';
import type { NotificationRepository } from './repository/notifications.ts';
import type { PreferenceRepository } from './repository/preferences.ts';

/** A part of one user's list. */
export interface UserPage extends InboxPage {
  readonly userId: string;
}

/** What one request reads: each kind by one statement, of however many users it is asked for. */
export interface NotificationsLoaders {
  readonly notifications: DataLoader<string, Notification | null>;
  readonly unreadCounts: DataLoader<string, number>;
  /** Up to one notification more than the page's limit. */
  readonly pages: DataLoader<UserPage, Notification[], string>;
  readonly preferences: DataLoader<string, NotificationPreference[]>;
}

export function notificationsLoaders(
  notifications: NotificationRepository,
  preferences: PreferenceRepository,
): NotificationsLoaders {
  return {
    notifications: new DataLoader(async (ids) => {
      const found = new Map((await notifications.findMany(ids)).map((notification) => [notification.id, notification]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    unreadCounts: new DataLoader(async (userIds) => {
      const counts = await notifications.countsUnread(userIds);
      return userIds.map((userId) => counts.get(userId) ?? 0);
    }),
    pages: new DataLoader((pages) => loadPages(notifications, pages), {
      cacheKeyFn: (page) => JSON.stringify([page.userId, partOf(page)]),
    }),
    preferences: new DataLoader(async (userIds) => {
      const chosen = await preferences.chosenByAny(userIds);
      return userIds.map((userId) => allPreferences(chosen.filter((preference) => preference.userId === userId)));
    }),
  };
}

/** One statement for all users of whom the same part is asked, which is all there are but for aliases. */
async function loadPages(notifications: NotificationRepository, pages: readonly UserPage[]): Promise<Notification[][]> {
  const parts = new Map(pages.map((page) => [partOf(page), page]));
  const found = new Map<string, Notification[]>();
  for (const [part, page] of parts) {
    const userIds = pages.filter((other) => partOf(other) === part).map(({ userId }) => userId);
    found.set(part, await notifications.pagesOf(userIds, page));
  }
  return pages.map((page) => (found.get(partOf(page)) ?? []).filter(({ userId }) => userId === page.userId));
}

function partOf({ limit, after, unreadOnly }: InboxPage): string {
  return JSON.stringify([limit, after?.createdAt, after?.id, unreadOnly]);
}
