import type { NotificationKind } from './notification.ts';

/** A person's wish for no more mail of a kind. */
export interface Unsubscription {
  readonly userId: string;
  readonly kind: NotificationKind;
}

/** Whether mail of a kind can be turned off. Mail about the account's security cannot: a thief would begin with it. */
export function canUnsubscribe(kind: NotificationKind): boolean {
  return kind !== 'ACCOUNT';
}
