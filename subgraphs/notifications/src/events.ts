import type { DomainEvent, EventHandlers, EventType, HandleMany, PayloadOf, Push } from '@marquee/events';

import { MailAddressRepository } from './adapters/mail-addresses.ts';
import { endEndpointsOf } from './adapters/push-endpoints.ts';
import type { Deps } from './deps.ts';
import {
  accountChanged,
  dataExportReady,
  memberChanged,
  rolesChanged,
  sessionsEnded,
  signInAttempted,
  statusChanged,
} from './domain/account-notices.ts';
import {
  isOfMandate,
  paymentFailed,
  paymentRefunded,
  renewalFailed,
  renewed,
  trialEnding,
} from './domain/billing-notices.ts';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingRescheduled,
  holdExpiring,
  showMoved,
  waitlistOffered,
} from './domain/notices.ts';
import type { Notice } from './domain/notification.ts';
import { referralReversed, referralRewarded } from './domain/promotion-notices.ts';
import {
  reviewModerated,
  reviewReplied,
  supportMessagePosted,
  supportSlaWarned,
  supportTicketChanged,
} from './domain/support-notices.ts';
import { passedOnTicketsChanged, ticketCheckedIn, transferChanged } from './domain/ticket-notices.ts';
import { reminderHandlers } from './reminder-events.ts';
import { tellingIn } from './telling.ts';
import { notify } from './use-cases/notify.ts';

/** Bookings, payments and changes to the account become notifications. */
export function handlers({ now }: Pick<Deps, 'now'>): EventHandlers {
  const notifying = <T extends EventType>(
    noticesOf: (payload: PayloadOf<T>) => Notice | readonly Notice[] | null,
  ): HandleMany<T> => ({
    many: (events, tx) => {
      const notices = events.flatMap(({ payload, traceparent }) => {
        const found = noticesOf(payload as PayloadOf<T>) ?? [];
        return [found].flat().map((notice) => ({ ...notice, traceparent }));
      });
      return notify(tellingIn(tx, now), notices);
    },
  });
  return {
    ...reminderHandlers,
    'account.security-changed': notifying(accountChanged),
    'account.sign-in-attempted': notifying(signInAttempted),
    'account.data-export-ready': notifying(dataExportReady),
    'account.status-changed': notifying(statusChanged),
    'account.roles-changed': notifying(rolesChanged),
    'account.sessions-ended': notifying(sessionsEnded),
    'account.member-changed': notifying(memberChanged),
    'account.email-verified': {
      many: (events, tx) => new MailAddressRepository(tx).lift(events.map(({ payload }) => payload.userId)),
    },
    'account.session-revoked': {
      many: (events, tx) =>
        endEndpointsOf(
          tx,
          events.map(({ payload }) => payload),
        ),
    },
    'booking.confirmed': notifying(bookingConfirmed),
    'booking.cancelled': notifying(bookingCancelled),
    'booking.rescheduled': notifying(bookingRescheduled),
    'booking.show-moved': notifying(showMoved),
    'booking.transfer-changed': notifying(transferChanged),
    'booking.passed-on-tickets-changed': notifying(passedOnTicketsChanged),
    'booking.ticket-checked-in': notifying(ticketCheckedIn),
    'booking.hold-expiring': notifying((payload) => holdExpiring(payload, now())),
    'booking.waitlist-offered': notifying((payload) => waitlistOffered(payload, now())),
    'payment.failed': notifying((payload) => (isOfMandate(payload) ? null : paymentFailed(payload))),
    'payment.refunded': notifying(paymentRefunded),
    'payments.renewed': notifying(renewed),
    'payments.renewal-failed': notifying(renewalFailed),
    'payments.trial-ending': notifying(trialEnding),
    'promotions.referral-rewarded': notifying(referralRewarded),
    'promotions.referral-reversed': notifying(referralReversed),
    'support.message-posted': notifying(supportMessagePosted),
    'support.ticket-changed': notifying(supportTicketChanged),
    'support.sla-warned': notifying(supportSlaWarned),
    'ratings.review-moderated': notifying(reviewModerated),
    'ratings.review-replied': notifying(reviewReplied),
  };
}

/** The channel of a person's new notifications. */
export const notificationsChannel = (userId: string): string => `notifications:${userId}`;

export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'notification.created') return [];
  const { userId, notificationId } = event.payload;
  return [{ channel: notificationsChannel(userId), message: { notificationId } }];
}
