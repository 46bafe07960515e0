import type { Notice } from './notification.ts';
import type { NotificationChannel } from './channel.ts';
import { type ChosenPreference, DEFAULT_CHANNELS } from './preferences.ts';

/** The notices that go out by each channel. */
export type DeliveryPlan<N extends Notice> = Readonly<Record<NotificationChannel, readonly N[]>>;

/**
 * Decides by which channels each notice goes out: those that its person chose for its kind, else the usual ones.
 *
 * @param chosen preferences of the notices' people, in any order
 */
export function planDeliveries<N extends Notice>(
  notices: readonly N[],
  chosen: readonly ChosenPreference[],
): DeliveryPlan<N> {
  const channels = new Map(chosen.map(({ userId, kind, channels: own }) => [`${kind} ${userId}`, own]));
  const by = (channel: NotificationChannel): readonly N[] =>
    notices.filter(({ userId, kind, never = [] }) => {
      const own = kind === 'ACCOUNT' ? undefined : channels.get(`${kind} ${userId}`);
      return (own ?? DEFAULT_CHANNELS[kind]).includes(channel) && !never.includes(channel);
    });
  return { IN_APP: by('IN_APP'), EMAIL: by('EMAIL'), PUSH: by('PUSH') };
}
