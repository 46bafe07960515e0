import type { Resolvers } from '../generated/resolvers.ts';
import { markNotificationsRead } from './Mutation/markNotificationsRead.ts';
import { updateNotificationPreferences } from './Mutation/updateNotificationPreferences.ts';
import { Notification } from './Notification.ts';
import { notificationReceived } from './Subscription/notificationReceived.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  Mutation: { markNotificationsRead, updateNotificationPreferences },
  Subscription: { notificationReceived },
  Notification,
  User,
};
