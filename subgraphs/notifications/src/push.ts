import type { DomainEvent, Push } from '@marquee/events';

/** Where a user's new notifications are told. */
export const notificationsChannel = (userId: string): string => `notifications:${userId}`;

/** What listening clients are told of the domain's events. */
export function push(event: DomainEvent): readonly Push[] {
  if (event.type !== 'notification.created') return [];
  const { userId, notificationId } = event.payload;
  return [{ channel: notificationsChannel(userId), message: { notificationId } }];
}
