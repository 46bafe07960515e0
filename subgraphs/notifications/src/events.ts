import type { SqlTransaction } from '@marquee/database';
import type { DomainEvent, EventHandlers, Push } from '@marquee/events';

import { NotificationRepository } from './adapters/notifications.ts';
import { PreferenceRepository } from './adapters/preferences.ts';
import type { Deps } from './deps.ts';
import { accountChanged, signInAttempted } from './domain/account-notices.ts';
import {
  bookingCancelled,
  bookingConfirmed,
  holdExpiring,
  paymentFailed,
  paymentRefunded,
  showMoved,
} from './domain/notices.ts';
import type { Notice } from './domain/notification.ts';
import { notify } from './use-cases/notify.ts';

/** Bookings, payments and changes to the account become notifications. */
export function handlers({ now }: Pick<Deps, 'now'>): EventHandlers<SqlTransaction> {
  const send = async (notice: Notice | null, tx: SqlTransaction): Promise<void> => {
    if (notice === null) return;
    const repositories = { notifications: new NotificationRepository(tx), preferences: new PreferenceRepository(tx) };
    await notify({ ...repositories, now }, notice);
  };
  return {
    'account.security-changed': ({ payload }, tx) => send(accountChanged(payload), tx),
    'account.sign-in-attempted': ({ payload }, tx) => send(signInAttempted(payload), tx),
    'booking.confirmed': ({ payload }, tx) => send(bookingConfirmed(payload), tx),
    'booking.cancelled': ({ payload }, tx) => send(bookingCancelled(payload), tx),
    'booking.show-moved': ({ payload }, tx) => send(showMoved(payload), tx),
    'booking.hold-expiring': ({ payload }, tx) => send(holdExpiring(payload, now()), tx),
    'payment.failed': ({ payload }, tx) => send(paymentFailed(payload), tx),
    'payment.refunded': ({ payload }, tx) => send(paymentRefunded(payload), tx),
  };
}

/** The channel of a person's new notifications. */
export const notificationsChannel = (userId: string): string => `notifications:${userId}`;

export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'notification.created') return [];
  const { userId, notificationId } = event.payload;
  return [{ channel: notificationsChannel(userId), message: { notificationId } }];
}
