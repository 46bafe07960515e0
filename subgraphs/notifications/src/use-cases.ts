import { markNotificationsRead } from './domain/mark-notifications-read.ts';
import type { Notification } from './domain/notification.ts';
import type { Notifications, Preferences } from './domain/ports.ts';
import type { NotificationPreference } from './domain/preferences.ts';
import { updatePreferences } from './domain/update-preferences.ts';

/** What resolvers call. */
export interface NotificationsUseCases {
  markRead(input: { userId: string; ids: readonly string[] }): Promise<number>;
  updatePreferences(input: {
    userId: string;
    changes: readonly NotificationPreference[];
  }): Promise<NotificationPreference[]>;
  /** A notification that has just come; null when it is gone. */
  received(id: string): Promise<{ notification: Notification; unreadCount: number } | null>;
}

export interface NotificationsUseCaseDeps {
  readonly notifications: Notifications;
  readonly preferences: Preferences;
  readonly now: () => Date;
}

export function notificationsUseCases(deps: NotificationsUseCaseDeps): NotificationsUseCases {
  return {
    markRead: (input) => markNotificationsRead(deps, input),
    updatePreferences: (input) => updatePreferences(deps, input),
    received: async (id) => {
      const notification = await deps.notifications.find(id);
      return notification && { notification, unreadCount: await deps.notifications.countUnread(notification.userId) };
    },
  };
}
