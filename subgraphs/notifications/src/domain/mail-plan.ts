import type { MailLane } from '@marquee/mail';

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
const WINDOW_MS = 60 * 60_000;
export const MAIL_WINDOW_SECONDS = WINDOW_MS / 1_000;

/** Whether a notice is mailed at once, at any hour and alone: security, and the confirmation of what was paid for. */
export function isUrgent({ kind, message }: Pick<Notice, 'kind' | 'message'>): boolean {
  return kind === 'ACCOUNT' || message.key === 'bookingConfirmed';
}

/** The state of a person's mails when their notices are planned. */
export interface Recipient {
  /** When their quiet hours end; null outside of them. */
  readonly quietUntil: Date | null;
  /** When mails of the kind were decided on within the last hour, urgent ones left out. */
  readonly recent: readonly Date[];
}

/**
 * Decides what becomes of a person's notices of one kind.
 *
 * Each is a mail of its own where no more than {@link MAX_MAILS_OF_A_KIND} are sent in an hour with them; otherwise all of
 * them are one digest. What comes after so many mails waits until the first of them is an hour old.
 */
export function planMails(notices: readonly MailNotice[], { quietUntil, recent }: Recipient, now: Date): MailPlan {
  const isOver = ({ expiresAt }: MailNotice) => expiresAt !== null && expiresAt <= now;
  const dropped = notices.filter(isOver).map(({ id }) => id);
  const live = notices.filter((notice) => !isOver(notice));
  const urgent = live.filter((notice) => notice.isUrgent).map((notice) => mailOf([notice]));
  const rest = live.filter((notice) => !notice.isUrgent);
  const until = rest.length === 0 ? null : (quietUntil ?? nextSlot(recent));
  if (until) return { mails: urgent, waits: [{ noticeIds: rest.map(({ id }) => id), until }], dropped };
  const fits = recent.length + rest.length <= MAX_MAILS_OF_A_KIND;
  const mails = fits ? rest.map((notice) => mailOf([notice])) : [mailOf(rest)];
  return { mails: [...urgent, ...mails], waits: [], dropped };
}

/** When another mail of the kind may be sent; null for now. */
function nextSlot(recent: readonly Date[]): Date | null {
  if (recent.length < MAX_MAILS_OF_A_KIND) return null;
  const oldest = Math.min(...recent.map((at) => at.getTime()));
  return new Date(oldest + WINDOW_MS);
}

function mailOf(notices: readonly MailNotice[]): PlannedMail {
  const [{ userId, kind }] = notices as [MailNotice];
  const lane = notices.every(({ isBulk }) => isBulk) ? 'BULK' : 'TRANSACTIONAL';
  return { userId, kind, lane, noticeIds: notices.map(({ id }) => id) };
}
