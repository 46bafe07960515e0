import { observeMails } from '@marquee/mail';
import { type Instruments, type Log, observe } from '@marquee/telemetry';

import type { MailAddressRepository } from './mail-addresses.ts';
import type { MailNoticeRepository } from './mail-notices.ts';

interface Observed {
  readonly mailQueue: Parameters<typeof observeMails>[1];
  readonly mailAddresses: Pick<MailAddressRepository, 'countSuppressed'>;
  readonly mailNotices: Pick<MailNoticeRepository, 'oldestDueSeconds'>;
}

/** Exports how mails fare, which addresses get none, and whether planning falls behind. @returns what records each try */
export function observeNoticeMails(observed: Observed, instruments: Instruments, log: Log) {
  const { metrics } = instruments;
  if (metrics) {
    observe(metrics, {
      ...{ name: 'marquee_mail_suppressed_addresses', help: 'Addresses that get no mail, because it does not arrive' },
      read: () => observed.mailAddresses.countSuppressed(),
    });
    observe(metrics, {
      ...{ name: 'marquee_mail_plan_lag_seconds', help: 'For how long the oldest notice should have become a mail' },
      read: () => observed.mailNotices.oldestDueSeconds(),
    });
  }
  return observeMails('notifications', observed.mailQueue, instruments, log);
}
