import type { LatestPage } from '@marquee/subgraph';

import type { NoticeMessage } from './messages/index.ts';

import type { NotificationChannel } from './channel.ts';
import type { NoticeSubject } from './notice-subject.ts';

export const NOTIFICATION_KINDS = ['BOOKING', 'PAYMENT', 'WAITLIST', 'SUPPORT', 'PROMOTION', 'ACCOUNT'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** A message to one person, before it is stored. */
export interface Notice {
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly message: NoticeMessage;
  readonly bookingId: string | null;
  /** The thing that it is about, where that is not its booking. */
  readonly about?: NoticeSubject | null | undefined;
  /** The key under which a person is notified once, such as a reminder of a show; absent where its event is enough. */
  readonly key?: string | undefined;
  /** The newest of a topic says it all, such as that of a booking. */
  readonly topic?: string | undefined;
  /** Whether many get it at once and nobody is waiting for it. */
  readonly isBulk?: boolean | undefined;
  /** Channels by which it does not go out, whatever its person chose. */
  readonly never?: readonly NotificationChannel[] | undefined;
  /** When it is of no use any more. */
  readonly expiresAt?: Date | undefined;
}

/** A message in a person's inbox of the site and the apps. */
export interface Notification extends Omit<Notice, 'message'> {
  readonly id: string;
  /** Null for one from before messages, which has its text instead. */
  readonly message: NoticeMessage | null;
  readonly title: string | null;
  readonly body: string | null;
  /** Its number among the person's notifications, in the order in which they were stored. */
  readonly version: number;
  readonly createdAt: Date;
  /** Null while the person has not read it. */
  readonly readAt: Date | null;
}

export interface NewNotification extends Notice {
  readonly id: string;
  readonly createdAt: Date;
  readonly traceparent?: string | undefined;
}

/** A page of a person's notifications, the latest first. */
export interface InboxPage extends LatestPage {
  readonly unreadOnly: boolean;
}
