import type { NewNotification, Notification, NotificationKind } from './notification.ts';
import type { ChosenPreference, NotificationChannel, NotificationPreference } from './preferences.ts';

export interface Notifications {
  find(id: string): Promise<Notification | null>;
  /** The number of the person's latest notification; 0 when there is none. */
  latestVersion(userId: string): Promise<number>;
  /** The latest of the person's notifications after a number, oldest first. */
  findSince(userId: string, version: number, limit: number): Promise<Notification[]>;
  countUnread(userId: string): Promise<number>;
  /** Numbers and stores a notification, and emits `notification.created`. */
  add(notification: NewNotification): Promise<void>;
  /** Marks the user's unread notifications among the ids. */
  markRead(userId: string, ids: readonly string[], readAt: Date): Promise<void>;
}

export interface Preferences {
  /** The preferences that the users chose, in any order; kinds without a choice are left out. */
  ofUsers(userIds: readonly string[]): Promise<ChosenPreference[]>;
  /** The channels that the user chose for the kind; null without a choice. */
  channelsFor(userId: string, kind: NotificationKind): Promise<readonly NotificationChannel[] | null>;
  /** Stores a user's preferences, at most one for each kind. */
  save(userId: string, preferences: readonly NotificationPreference[]): Promise<void>;
}
