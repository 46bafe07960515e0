import type { NewNotification, Notification } from './notification.ts';
import type { ChosenPreference, NotificationPreference } from './preferences.ts';

export interface Notifications {
  find(id: string): Promise<Notification | null>;
  /** The number of the person's latest notification; 0 when there is none. */
  latestVersion(userId: string): Promise<number>;
  /** The latest of the person's notifications after a number, oldest first. */
  findSince(userId: string, version: number, limit: number): Promise<Notification[]>;
  countUnread(userId: string): Promise<number>;
  /** Numbers and stores the notifications that their people want in the app, and emits `notification.created` of each. */
  add(notifications: readonly NewNotification[]): Promise<void>;
  /** Marks the user's unread notifications among the ids. */
  markRead(userId: string, ids: readonly string[], readAt: Date): Promise<void>;
}

export interface Preferences {
  /** The preferences that the users chose, in any order; kinds without a choice are left out. */
  ofUsers(userIds: readonly string[]): Promise<ChosenPreference[]>;
  /** Stores a user's preferences, at most one for each kind. */
  save(userId: string, preferences: readonly NotificationPreference[]): Promise<void>;
}
