export const NOTIFICATION_KINDS = ['BOOKING', 'PAYMENT', 'WAITLIST', 'SUPPORT', 'PROMOTION'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What a person is to be told. */
export interface Notice {
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  readonly bookingId: string | null;
}

/** Something that a person was told in the site and the apps. */
export interface Notification extends Notice {
  readonly id: string;
  readonly createdAt: Date;
  /** Null while the person has not read it. */
  readonly readAt: Date | null;
}

/** A person as this domain knows them. */
export interface UserReference {
  readonly id: string;
}

/** The place of a notification in its list, the latest first. */
export interface ListPosition {
  readonly createdAt: Date;
  readonly id: string;
}

/** A part of a person's list. */
export interface InboxPage {
  readonly limit: number;
  /** Where the page starts; null for the beginning. */
  readonly after: ListPosition | null;
  readonly unreadOnly: boolean;
}
