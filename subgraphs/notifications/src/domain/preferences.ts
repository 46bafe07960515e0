import { NOTIFICATION_KINDS, type NotificationKind } from './notification.ts';

export const NOTIFICATION_CHANNELS = ['IN_APP', 'EMAIL', 'PUSH'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** By which channels a person is told about one kind of thing. */
export interface NotificationPreference {
  readonly kind: NotificationKind;
  readonly channels: readonly NotificationChannel[];
}

/** What holds for somebody who chose nothing: offers are not pressed on anybody. */
const USUAL_CHANNELS: Readonly<Record<NotificationKind, readonly NotificationChannel[]>> = {
  BOOKING: ['IN_APP', 'EMAIL', 'PUSH'],
  PAYMENT: ['IN_APP', 'EMAIL', 'PUSH'],
  WAITLIST: ['IN_APP', 'EMAIL', 'PUSH'],
  SUPPORT: ['IN_APP', 'EMAIL'],
  PROMOTION: ['IN_APP'],
};

/** A person's preferences, one a kind. @param chosen what they chose, at most once a kind */
export function allPreferences(chosen: readonly NotificationPreference[]): NotificationPreference[] {
  const byKind = new Map(chosen.map(({ kind, channels }) => [kind, channels]));
  return NOTIFICATION_KINDS.map((kind) => ({ kind, channels: byKind.get(kind) ?? USUAL_CHANNELS[kind] }));
}

/** The channels by which a person is told about a kind of thing. @param chosen what they chose, if they did */
export function channelsFor(
  kind: NotificationKind,
  chosen: readonly NotificationChannel[] | null,
): readonly NotificationChannel[] {
  return chosen ?? USUAL_CHANNELS[kind];
}
