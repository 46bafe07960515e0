import { byId, groupedBy, type LatestPage } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Notification } from './domain/notification.ts';
import type { NotificationPreference } from './domain/preferences.ts';

/** A page of one person's notifications. */
export interface InboxPage extends LatestPage {
  readonly userId: string;
  readonly unreadOnly: boolean;
}

export interface Loaders {
  readonly notifications: DataLoader<string, Notification | null>;
  readonly unreadCounts: DataLoader<string, number>;
  /** Up to one notification more than the page's limit. */
  readonly pages: DataLoader<InboxPage, readonly Notification[], string>;
  /** What each person chose. */
  readonly preferences: DataLoader<string, readonly NotificationPreference[]>;
}

export function loaders({ notifications, preferences }: Pick<Deps, 'notifications' | 'preferences'>): Loaders {
  return {
    notifications: byId((ids) => notifications.findMany(ids)),
    unreadCounts: new DataLoader(async (userIds) => {
      const counts = await notifications.countsUnread(userIds);
      return userIds.map((userId) => counts.get(userId) ?? 0);
    }),
    pages: new DataLoader((pages) => loadPages(notifications, pages), {
      cacheKeyFn: (page) => JSON.stringify([page.userId, sliceOf(page)]),
    }),
    preferences: groupedBy(
      (userIds) => preferences.chosenByAny(userIds),
      ({ userId }) => userId,
    ),
  };
}

/** One statement for each slice: for all people together, unless aliases ask for several. */
async function loadPages(
  notifications: Deps['notifications'],
  pages: readonly InboxPage[],
): Promise<readonly Notification[][]> {
  const slices = new Map(pages.map((page) => [sliceOf(page), page]));
  const found = new Map<string, readonly Notification[]>();
  for (const [slice, page] of slices) {
    const userIds = pages.filter((other) => sliceOf(other) === slice).map(({ userId }) => userId);
    found.set(slice, await notifications.pagesOf(userIds, page));
  }
  return pages.map((page) => (found.get(sliceOf(page)) ?? []).filter(({ userId }) => userId === page.userId));
}

function sliceOf({ limit, after, unreadOnly }: InboxPage): string {
  return JSON.stringify([limit, after?.createdAt, after?.id, unreadOnly]);
}
