import type { MailLane } from '@marquee/mail';

import { paceOf } from './flood-limit.ts';
import type { Notice, NotificationKind } from './notification.ts';

/** A notice on its way to become a mail. */
export interface MailNotice {
  /** The notification's. */
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly isUrgent: boolean;
  readonly isBulk: boolean;
  /** When it is of no use any more. */
  readonly expiresAt: Date | null;
}

/** A mail that was decided on. */
export interface PlannedMail {
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly lane: MailLane;
  /** One, or all those of a digest. */
  readonly noticeIds: readonly string[];
}

/** Decisions about notices that wait. */
export interface MailPlan {
  readonly mails: readonly PlannedMail[];
  readonly waits: readonly { readonly noticeIds: readonly string[]; readonly until: Date }[];
  /** Notices that came too late. */
  readonly dropped: readonly string[];
}

/** Mails of a kind that a person gets in an hour before their notices are collected in digests. */
export const MAX_MAILS_OF_A_KIND = 3;

/** Whether a notice is mailed to an address that is not verified: security, and the confirmation of what was paid for. */
export function needsNoVerifiedAddress({ kind, message }: Pick<Notice, 'kind' | 'message'>): boolean {
  return kind === 'ACCOUNT' || message.key === 'bookingConfirmed';
}

/** The state of a person's mails when their notices are planned. */
export interface Recipient {
  /** When their quiet hours end; null outside of them. */
  readonly quietUntil: Date | null;
  /** When mails of the kind were decided on within the last hour, urgent ones left out. */
  readonly recent: readonly Date[];
}

/** Decides what becomes of a person's notices of one kind. Urgent ones are a mail each, at once. */
export function planMails(notices: readonly MailNotice[], { quietUntil, recent }: Recipient, now: Date): MailPlan {
  const isOver = ({ expiresAt }: MailNotice) => expiresAt !== null && expiresAt <= now;
  const dropped = notices.filter(isOver).map(({ id }) => id);
  const live = notices.filter((notice) => !isOver(notice));
  const urgent = live.filter((notice) => notice.isUrgent).map((notice) => mailOf([notice]));
  const rest = live.filter((notice) => !notice.isUrgent);
  if (rest.length === 0) return { mails: urgent, waits: [], dropped };
  const pace = quietUntil ?? paceOf(rest.length, recent, MAX_MAILS_OF_A_KIND);
  if (pace === 'EACH') return { mails: [...urgent, ...rest.map((notice) => mailOf([notice]))], waits: [], dropped };
  if (pace === 'DIGEST') return { mails: [...urgent, mailOf(rest)], waits: [], dropped };
  return { mails: urgent, waits: [{ noticeIds: rest.map(({ id }) => id), until: pace }], dropped };
}

function mailOf(notices: readonly MailNotice[]): PlannedMail {
  const [{ userId, kind }] = notices as [MailNotice];
  const lane = notices.every(({ isBulk }) => isBulk) ? 'BULK' : 'TRANSACTIONAL';
  return { userId, kind, lane, noticeIds: notices.map(({ id }) => id) };
}
