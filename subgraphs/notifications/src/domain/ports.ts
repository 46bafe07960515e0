import type { Notification, NotificationKind } from './notification.ts';
import type { NotificationChannel, NotificationPreference } from './preferences.ts';

export interface Notifications {
  find(id: string): Promise<Notification | null>;
  countUnread(userId: string): Promise<number>;
  /** Keeps a notification and tells that it came. */
  add(notification: Notification): Promise<void>;
  /** Marks those of the ids that are the user's and not read yet. */
  markRead(userId: string, ids: readonly string[], readAt: Date): Promise<void>;
}

export interface Preferences {
  /** What the user chose; kinds they never chose for are left out. */
  chosenBy(userId: string): Promise<NotificationPreference[]>;
  /** The channels the user chose for the kind; null when they never did. */
  chosenFor(userId: string, kind: NotificationKind): Promise<readonly NotificationChannel[] | null>;
  /** Keeps what the user chooses, at most once a kind. */
  choose(userId: string, preferences: readonly NotificationPreference[]): Promise<void>;
}
