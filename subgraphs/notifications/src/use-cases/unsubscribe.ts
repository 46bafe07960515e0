import type { NotificationChannel } from '../domain/channel.ts';
import { DEFAULT_CHANNELS } from '../domain/preferences.ts';
import type { Unsubscription } from '../domain/unsubscription.ts';

export interface UnsubscribeDeps {
  readonly preferences: {
    turnOff(of: Unsubscription, channel: NotificationChannel, otherwise: readonly NotificationChannel[]): Promise<void>;
  };
}

/** Ends mails of a kind to a person; the other channels stay. */
export async function unsubscribe({ preferences }: UnsubscribeDeps, of: Unsubscription): Promise<void> {
  const otherwise = DEFAULT_CHANNELS[of.kind].filter((channel) => channel !== 'EMAIL');
  await preferences.turnOff(of, 'EMAIL', otherwise);
}
