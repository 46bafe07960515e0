import { everyone, ownerOr, type Permissions, signedIn } from '@marquee/subgraph';

import type { Notification, UserReference } from './domain/notification.ts';

const oneself = ownerOr('users:read', ({ id }: UserReference) => id);
const recipient = ownerOr('users:read', ({ userId }: Notification) => userId);

/** What a person was told is theirs, and support's to read. */
export const permissions: Permissions = {
  Mutation: { markNotificationsRead: signedIn, updateNotificationPreferences: signedIn },
  Subscription: { notificationReceived: signedIn },
  User: { id: everyone, unreadNotificationCount: oneself, notifications: oneself, notificationPreferences: oneself },
  Booking: everyone,
  Notification: {
    id: everyone,
    kind: recipient,
    title: recipient,
    body: recipient,
    readAt: recipient,
    createdAt: recipient,
    booking: recipient,
  },
  // Reached through what is guarded above alone.
  NotificationPreference: everyone,
  NotificationConnection: everyone,
  NotificationEdge: everyone,
  NotificationReceived: everyone,
  MarkNotificationsReadPayload: everyone,
  UpdateNotificationPreferencesPayload: everyone,
};
