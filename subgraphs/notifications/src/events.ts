import type { SqlTransaction } from '@marquee/database';
import type { EventHandlers } from '@marquee/events';

import { bookingConfirmed, holdExpiring, paymentFailed, paymentRefunded } from './domain/notices.ts';
import type { Notice } from './domain/notification.ts';
import { notify } from './domain/notify.ts';
import { NotificationRepository } from './repository/notifications.ts';
import { PreferenceRepository } from './repository/preferences.ts';

export interface HandlerDeps {
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What notifications does when other domains tell something: it tells the person concerned. */
export function eventHandlers(deps: HandlerDeps): EventHandlers<SqlTransaction> {
  const tell = async (notice: Notice | null, tx: SqlTransaction): Promise<void> => {
    if (notice === null) return;
    const notifications = new NotificationRepository(tx);
    await notify({ ...deps, notifications, preferences: new PreferenceRepository(tx) }, notice);
  };
  return {
    'booking.confirmed': ({ payload }, tx) => tell(bookingConfirmed(payload), tx),
    'booking.hold-expiring': ({ payload }, tx) => tell(holdExpiring(payload, deps.now()), tx),
    'payment.failed': ({ payload }, tx) => tell(paymentFailed(payload), tx),
    'payment.refunded': ({ payload }, tx) => tell(paymentRefunded(payload), tx),
  };
}
