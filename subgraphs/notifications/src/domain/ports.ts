import type { MailNotice } from './mail-plan.ts';
import type { NewNotification, Notice, Notification, NotificationKind } from './notification.ts';
import type { ChosenPreference, NotificationPreference } from './preferences.ts';
import type { NewPushEndpoint, PushEndpoint } from './push-endpoint.ts';
import type { PushDelivery, PushLane, PushMessage, PushText } from './push-message.ts';
import type { FoundReminder, Reminder } from './reminder.ts';
import type { DueShowReminder, RemindedShow, ShowChange } from './show-reminder.ts';
import type { HostHealth, PushAnswer, PushOutcome } from './push-outcome.ts';

export interface Notifications {
  find(id: string): Promise<Notification | null>;
  /** The number of the person's latest notification; 0 when there is none. */
  latestVersion(userId: string): Promise<number>;
  /** The latest of the person's notifications after a number, oldest first. */
  findSince(userId: string, version: number, limit: number): Promise<Notification[]>;
  countUnread(userId: string): Promise<number>;
  /** Numbers and stores notifications, and emits `notification.created` of each. */
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

/** Something that a person is told of once. */
export interface NoticeKey {
  readonly userId: string;
  readonly key: string;
}

export interface NoticeKeys {
  /** Takes keys that nobody has taken. @returns those that were free, each once */
  take(keys: readonly NoticeKey[]): Promise<NoticeKey[]>;
}

export interface PushEndpoints {
  /**
   * Registers an endpoint, or takes over one that somebody registered before, and ends the person's oldest beyond
   * {@link MAX_PUSH_ENDPOINTS}. @returns its id; null when the session was revoked
   */
  register(endpoint: NewPushEndpoint): Promise<string | null>;
  /** Ends a person's endpoint. @returns whether there was one */
  remove(userId: string, id: string): Promise<boolean>;
  /** In any order. */
  ofUsers(userIds: readonly string[]): Promise<PushEndpoint[]>;
}

/** A delivery and the outcome of its try. */
export interface TriedDelivery {
  readonly id: string;
  readonly outcome: PushOutcome;
}

export interface PushDeliveries {
  /** Addresses messages to all endpoints of their people, and takes back what waits of the same topics. */
  add(messages: readonly PushMessage[]): Promise<void>;
  /** Takes deliveries that are due, oldest first, of hosts that are not paused; each is due again should nobody settle it. */
  claim(lane: PushLane, limit: number): Promise<PushDelivery[]>;
  /** Removes what is done, ends endpoints that are gone, and delays the rest. */
  settle(tried: readonly TriedDelivery[]): Promise<void>;
}

export interface PushHosts {
  /** Pauses hosts that again and again accept nothing. */
  record(health: readonly HostHealth[]): Promise<void>;
}

/** Sends a delivery. Never throws: no answer is an answer too. */
export type SendPush = (delivery: PushDelivery, text: PushText) => Promise<PushAnswer>;

/** A notice that is to be mailed. */
export interface NewMailNotice extends Pick<Notice, 'userId' | 'kind' | 'message' | 'bookingId' | 'about'> {
  /** The notification's. */
  readonly id: string;
  readonly isUrgent: boolean;
  readonly isBulk?: boolean | undefined;
  readonly expiresAt?: Date | undefined;
}

export interface MailNotices {
  add(notices: readonly NewMailNotice[]): Promise<void>;
}

/** A notice in a mail that waits to be sent. */
export interface PendingMail extends Pick<Notice, 'kind' | 'message' | 'bookingId' | 'about'> {
  readonly mailId: string;
}

/** A mail that was decided on not long ago. */
export interface RecentMail {
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly at: Date;
}

/** The input of a plan. */
export interface PlannedNotices {
  readonly notices: readonly MailNotice[];
  readonly recent: readonly RecentMail[];
  /** By the database's clock. */
  readonly now: Date;
}

export interface Reminders {
  /** @returns the reminder, or that which was set before; null when the person has too many */
  set(reminder: Omit<Reminder, 'createdAt'>): Promise<Reminder | null>;
  /** @returns whether the person had it */
  remove(userId: string, id: string): Promise<boolean>;
  /** Latest first. */
  ofUsers(userIds: readonly string[]): Promise<Reminder[]>;
}

export interface FoundReminders {
  /** Takes reminders whose shows are there, and ends them with the transaction. */
  take(limit: number): Promise<FoundReminder[]>;
}

export interface ShowReminders {
  /** Adds shows; those that are known get their names. */
  schedule(shows: readonly RemindedShow[]): Promise<void>;
  /** Takes over the times of shows, also of those that are not scheduled yet. */
  change(changes: readonly ShowChange[]): Promise<void>;
  /** Of cancelled shows nobody is reminded. */
  cancel(showIds: readonly string[]): Promise<void>;
  /** Takes shows that are due; each is due again should nobody finish it. */
  claim(limit: number): Promise<DueShowReminder[]>;
  /** Notes the last person who is reminded. @returns whether the show is as it was claimed */
  advance(show: RemindedShow, after: string): Promise<boolean>;
  /** Ends a reminder of a show; the next one may follow. @returns whether the show is as it was claimed */
  finish(show: RemindedShow): Promise<boolean>;
}

/** A page of the people whom tickets of a show admit, by their ids. @throws when booking cannot be reached */
export type FetchTicketHolders = (
  showId: string,
  page: { readonly after: string; readonly first: number },
) => Promise<string[]>;

/** Which of the two catalog has. @throws when catalog cannot be reached */
export type FindTitleAndCity = (titleId: string, cityId: string) => Promise<{ title: boolean; city: boolean }>;
