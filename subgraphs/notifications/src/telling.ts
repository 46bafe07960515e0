import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import { erasedAmong } from '@marquee/events';

import { MailNoticeRepository } from './adapters/mail-notices.ts';
import { NoticeKeyRepository } from './adapters/notice-keys.ts';
import { NotificationRepository } from './adapters/notifications.ts';
import { PreferenceRepository } from './adapters/preferences.ts';
import { PushDeliveryRepository } from './adapters/push-deliveries.ts';
import { takeFound } from './adapters/reminders.ts';
import { ShowReminderRepository } from './adapters/show-reminders.ts';
import type { FoundReminders } from './domain/ports.ts';
import type { NotifyDeps } from './use-cases/notify.ts';

/** Dependencies of notifying people, within the transaction of an event. */
export function tellingIn(tx: SqlTransaction, now: () => Date): NotifyDeps {
  return {
    notifications: new NotificationRepository(tx),
    preferences: new PreferenceRepository(tx),
    noticeKeys: new NoticeKeyRepository(tx),
    pushDeliveries: new PushDeliveryRepository(tx),
    mailNotices: new MailNoticeRepository(tx),
    now,
  };
}

/** Dependencies of reminding people, within the transaction that notes whom it has reminded. */
export interface Reminding extends NotifyDeps {
  readonly showReminders: ShowReminderRepository;
  readonly foundReminders: FoundReminders;
  /** Those of some people whose accounts were erased: a job must not tell them of anything. */
  readonly erasedAmong: (userIds: readonly string[]) => Promise<readonly string[]>;
}

/** Runs work that reminds people, in one transaction. */
export type RemindInTransaction = <R>(work: (tx: Reminding) => Promise<R>) => Promise<R>;

export function remindingIn(client: SqlDatabase, now: () => Date): RemindInTransaction {
  return (work) =>
    client.$sqlTransaction((tx) =>
      work({
        ...tellingIn(tx, now),
        showReminders: new ShowReminderRepository(tx),
        foundReminders: { take: (limit) => takeFound(tx, limit) },
        erasedAmong: (userIds) => erasedAmong(tx, userIds),
      }),
    );
}
