import type { NotificationChannel } from './channel.ts';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification.ts';

/** The channels by which a person receives one kind of notification. */
export interface NotificationPreference {
  readonly kind: NotificationKind;
  readonly channels: readonly NotificationChannel[];
}

/** A preference that a user chose. */
export interface ChosenPreference extends NotificationPreference {
  readonly userId: string;
}

/**
 * The channels of a person who chose none. Promotions are never sent unasked. Those of ACCOUNT cannot be changed: a thief
 * would begin with them.
 */
export const DEFAULT_CHANNELS: Readonly<Record<NotificationKind, readonly NotificationChannel[]>> = {
  BOOKING: ['IN_APP', 'EMAIL', 'PUSH'],
  PAYMENT: ['IN_APP', 'EMAIL', 'PUSH'],
  WAITLIST: ['IN_APP', 'EMAIL', 'PUSH'],
  SUPPORT: ['IN_APP', 'EMAIL'],
  PROMOTION: ['IN_APP'],
  ACCOUNT: ['IN_APP', 'EMAIL'],
};

/** A person's preferences, one for each kind. @param chosen at most one for each kind */
export function allPreferences(chosen: readonly NotificationPreference[]): NotificationPreference[] {
  const byKind = new Map(chosen.map(({ kind, channels }) => [kind, channels]));
  return NOTIFICATION_KINDS.map((kind) => ({ kind, channels: byKind.get(kind) ?? DEFAULT_CHANNELS[kind] }));
}
